"""How many years an office keeps what it files, by class, where its profile says nothing else.

The sources ask for one class only: what passes between the company and the owners' committee is kept for good (OC-14:
长期保存). Bills are kept as long as the law asks of vouchers (会计档案管理办法: 30 years). The other figures are ours.
"""

KEPT_YEARS = {
    "committee": 0,
    "owner": 0,
    "notices": 5,
    "correspondence": 10,
    "minutes": 0,
    "reports": 0,
    "forms": 5,
    "bills": 30,
    "cases": 5,
    "office": 10,
    "disposals": 0,
}
"""0: for good."""
ASSUMED = frozenset(KEPT_YEARS) - {"committee", "bills"}
"""Classes whose years no source names."""
