"""A staff list, the pure part: a workbook or CSV as offices keep them, read, checked and compared. No Django."""
