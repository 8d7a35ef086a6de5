"""The build: typed Python in, the files of the CDN folder out."""
