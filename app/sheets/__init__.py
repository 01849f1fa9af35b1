"""Files of rows: text with any delimiter and workbooks in, cells that are safe for spreadsheets out."""
