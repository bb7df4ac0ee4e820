"""What this room lets people do."""

PERMISSIONS = {"root.publish": "write down where the code of a seal was published"}
