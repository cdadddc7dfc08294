import sys
from pathlib import Path

# The toys and the support are shared with tests/faults and bench; under importlib mode nothing is on the path by itself.
sys.path.insert(0, str(Path(__file__).parent))
