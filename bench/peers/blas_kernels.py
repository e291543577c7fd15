"""Which kernels the BLAS libraries of NumPy and SciPy run on this processor: {} in, {"kernels"} out."""
import json

import scipy.linalg  # noqa: F401
from threadpoolctl import threadpool_info

kernels = {f'{library["internal_api"]} {library["architecture"]}' for library in threadpool_info() if "architecture" in library}
print(json.dumps({"kernels": sorted(kernels)}))
