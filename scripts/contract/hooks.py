"""What the generator of requests knows of this product: ids that exist.

Random ids lead to 404 only. Half of the ids sent are of things that the role can see; they were
collected beforehand, by the name of their type.
"""

import json
import os
import uuid

import schemathesis
from hypothesis import strategies as st

with open(os.environ["KEXUN_CONTRACT_IDS"], encoding="utf-8") as file:
    for name, ids in json.load(file).items():
        strange = st.integers(0, 2**128 - 1).map(lambda n: str(uuid.UUID(int=n)))
        known = st.sampled_from(ids) if ids else strange
        schemathesis.openapi.format(name, known | strange)
