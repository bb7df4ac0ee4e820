"""A later version of the product that differs by one migration, for a migration under load."""
