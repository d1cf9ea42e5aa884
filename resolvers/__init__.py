"""One async function per use case: may the viewer? read, decide, write, answer."""
