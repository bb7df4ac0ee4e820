"""F1: nothing acknowledged is lost when web and worker are killed while people work.

Real processes on a real database; clients that register and step cases over HTTP and repeat with the same key
until they are answered; their own journal is the oracle. `drill` runs it, `verdict` judges it.
"""
