"""Names in text become places: found in any of their forms, told apart by what stands around them."""
