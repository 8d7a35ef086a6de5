"""JavaScript nodes become text: `Printer`."""
