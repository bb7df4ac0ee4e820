"""What one may be allowed to do with dispatching. Who may send a case is the step table's of the requests."""

PERMISSIONS = {
    "dispatch.view": "see what waits to be sent or taken, the rota and the rules of the offices in scope",
    "dispatch.arrange": "set an office's rules and rota, and hand over the work of those who are away",
}
