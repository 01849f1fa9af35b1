"""Lists of people as files hold them: which column is what, what spreadsheets did to the cells, who is meant."""
