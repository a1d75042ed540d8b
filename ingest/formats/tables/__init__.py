"""Tables of practices become documents, one a row: CSV, JSON and XLSX differ only in how rows are read."""
