"""What check.py says of many changed bundles: python3 tamper.py CHECK.PY BUNDLE CHANGES

CHANGES has a line for each: {"name": [from, removed, "inserted"], ...}, null for a file that is taken away. Printed is a line for each: accepted or
REFUSED and why; an exception that is not check.py's own way of refusing is printed as what it is. With a fourth argument, the bundle's digest, check.py is
asked with that.
"""
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("check", sys.argv[1])
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)
whole, _ = check.read_folder(sys.argv[2])

# The model as it was is read once.
model = check.load(whole, "model.json")
read = check.read_model(model)
load, read_model = check.load, check.read_model
check.load = lambda files, name: model if name == "model.json" and files.get(name) is whole[name] else load(files, name)
check.read_model = lambda data: read if data is model else read_model(data)


def changed(changes):
    files = dict(whole)
    for name, change in changes.items():
        if change is None:
            files.pop(name, None)
            continue
        start, removed, inserted = change
        old = whole.get(name, b"")
        files[name] = old[:start] + inserted.encode("latin-1") + old[start + removed:]
    return files


def said(files):
    try:
        if len(sys.argv) > 4:
            check.check_digest(files, [], sys.argv[4])
        return "accepted: " + check.check(files)[0]
    except check.Wrong as wrong:
        return "REFUSED: " + str(wrong)[:200].replace("\n", " ")
    except Exception as error:
        return "FAILED: " + type(error).__name__ + " " + str(error)[:200].replace("\n", " ")


with open(sys.argv[3]) as lines:
    for line in lines:
        print(said(changed(json.loads(line))))
