import sys
from pathlib import Path

# The toys and the support are shared with tests/faults and bench; importlib mode puts nothing on the path.
sys.path.insert(0, str(Path(__file__).parent))
