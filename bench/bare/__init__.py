"""The floor: a Django view that does the least that could be called the same work. No part of the product."""
