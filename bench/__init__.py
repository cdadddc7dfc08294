"""One module for each published figure; `python -m bench` prints them beside their limits."""
