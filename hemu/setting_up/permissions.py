"""What one may be allowed to do while setting up."""

PERMISSIONS = {"setup.change": "set up offices and communities: names, hours, departments, channels"}
