/** Whether nobody is signed in, as the server said when it sent the frame: then nobody's data is asked for. */
export const VISITOR = document.getElementById("root")?.dataset.visitor !== undefined;
