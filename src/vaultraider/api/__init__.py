"""JSON over HTTP: each file without an underscore is one resource, found by its `blueprint`."""
