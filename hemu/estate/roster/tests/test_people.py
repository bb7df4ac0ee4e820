"""Names and numbers as they stand in cells."""

import pytest

from hemu.estate.roster.people import Numbers, is_company, masked, people_of, read_names, read_phones
from hemu.estate.roster.shapes import ParsedPerson

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("孟英", ["孟英"]),
        ("程勇军、卢玉", ["程勇军", "卢玉"]),
        ("程勇军/卢玉", ["程勇军", "卢玉"]),
        ("程勇军，卢玉；孟英", ["程勇军", "卢玉", "孟英"]),
        ("程勇军\n卢玉", ["程勇军", "卢玉"]),
        ("程勇军 卢玉", ["程勇军", "卢玉"]),
        ("张 三", ["张三"]),
        ("张  三、李  四", ["张三", "李四"]),
        ("欧阳 娜娜", ["欧阳娜娜"]),
        ("程勇军和卢玉", ["程勇军", "卢玉"]),
        ("王和平", ["王和平"]),
        ("欧阳和平", ["欧阳和平"]),
        ("张三、张三", ["张三"]),
        ("张三(配偶李四)", ["张三"]),
        ("张三先生", ["张三"]),
        ("张三19900001234", ["张三"]),
        ("John Smith", ["John Smith"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("同方物流有限公司", ["同方物流有限公司"]),
        ("同方（深圳）物流有限公司", ["同方（深圳）物流有限公司"]),
        ("同方物流有限公司、张三", ["同方物流有限公司", "张三"]),
        ("和记 物流有限公司", ["和记 物流有限公司"]),
        ("", []),
        ("无", []),
        ("/", []),
        ("未售", []),
        ("19900001234", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize(
    ("name", "company"),
    [("安居置业有限公司", True), ("某市第三中学教育局", True), ("建设银行", True), ("朝阳服务中心", True),
     ("ACME Co., Ltd", True), ("李厂", False), ("王所", False), ("张三", False), ("司马玉", False)],
)  # fmt: skip
def test_companies(name: str, company: bool) -> None:
    assert is_company(name) is company


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("19900001234", ("19900001234",)),
        ("199 0170 2289", ("19901702289",)),
        ("199-0170-2289", ("19901702289",)),
        ("１９９０１７０２２８９", ("19901702289",)),
        ("+86 199 0170 2289", ("19901702289",)),
        ("0086-19901702289", ("19901702289",)),
        ("19905512216 / 19904012569", ("19905512216", "19904012569")),
        ("199 0776 0363 / 19902919169", ("19907760363", "19902919169")),
        ("19905512216 19904012569", ("19905512216", "19904012569")),
        ("19905512216、19904012569\n19900000001", ("19905512216", "19904012569", "19900000001")),
        ("19905512216(妻)19904012569(夫)", ("19905512216", "19904012569")),
        ("19905512216 19905512216", ("19905512216",)),
        ("0755-12345678", ("075512345678",)),
        ("075512345678", ("075512345678",)),
        ("(0755)12345678", ("075512345678",)),
        ("0755-12345678转801", ("075512345678-801",)),
        ("0755-12345678-801", ("075512345678-801",)),
        ("010-12345678", ("01012345678",)),
        ("82345678", ("82345678",)),
        ("400-123-4567", ("4001234567",)),
        ("+852 5123 4567", ("0085251234567",)),
    ],
)
def test_numbers_that_can_be_read(text: str, numbers: tuple[str, ...]) -> None:
    assert read_phones(text) == Numbers(numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", Numbers()),
        ("未留", Numbers(none_left=True)),
        ("-", Numbers(none_left=True)),
        ("1990012", Numbers(("",), ("199****",))),
        ("199-0000-12345", Numbers(("",), ("199-****-*****",))),
        ("19905512216/1990012", Numbers(("19905512216", ""), ("199****",))),
        ("找管家", Numbers((), ("找管家",))),
    ],
)
def test_numbers_that_cannot(text: str, numbers: Numbers) -> None:
    assert read_phones(text) == numbers


def test_masking_leaves_three_digits() -> None:
    assert masked("199 0000-12345") == "199 ****-*****"


@pytest.mark.parametrize(
    ("names", "numbers", "people"),
    [
        (["甲某", "乙某"], ["1", "2"], [("owner", "甲某", ["1"]), ("co_owner", "乙某", ["2"])]),
        (["甲某", "乙某"], ["1"], [("owner", "甲某", ["1"]), ("co_owner", "乙某", [])]),
        (["甲某", "乙某"], ["1", "2", "3"], [("owner", "甲某", ["1", "2", "3"]), ("co_owner", "乙某", [])]),
        (["甲某", "乙某"], ["", "2"], [("owner", "甲某", []), ("co_owner", "乙某", ["2"])]),
        (["甲某"], ["1", "2"], [("owner", "甲某", ["1", "2"])]),
        ([], ["1"], [("owner", "", ["1"])]),
        ([], [""], []),
        (
            ["某某有限公司", "乙某"],
            ["1", "2"],
            [("company", "某某有限公司", ["1"]), ("co_owner", "乙某", ["2"])],
        ),
    ],
)
def test_which_number_is_whose(
    names: list[str], numbers: list[str], people: list[tuple[str, str, list[str]]]
) -> None:
    found = people_of(names, numbers, "owner", "co_owner")
    assert [(person.kind, person.name, person.phones) for person in found] == people


def test_a_tenant_company_is_a_tenant() -> None:
    assert people_of(["某某有限公司"], [], "tenant", "tenant") == [
        ParsedPerson("tenant", "某某有限公司", [], True)
    ]
