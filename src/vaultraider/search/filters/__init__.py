"""The vocabulary: one file a family of filters, each of which describes itself in ``FILTERS``. See ``_filter.py``."""
