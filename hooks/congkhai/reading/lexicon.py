"""The words of administrative Vietnamese on which the grammar rests.

Comes in: nothing. Goes out: tables of phrases, each written in lower case with the tone
on the letter where the present spelling has it («ủy», «hóa»); `tokens.normal` brings
printed words to that form. A table is the place to add a word; no rule knows an example.
"""

from __future__ import annotations

from congkhai.reading.phrases import Phrases


def phrases(text: str) -> Phrases:
    """Make a table of phrases from a text that separates them by commas or lines."""
    return Phrases(
        tuple(line.split()) for line in text.replace("\n", ",").split(",") if line.strip()
    )


# Fields of government as ministries, departments and divisions are called after them,
# today's and former ones. Commas and hyphens inside a name are not written here.
SECTORS = phrases("""
lao động thương binh và xã hội, lao động thương binh xã hội, lao động, thương binh xã hội
nông nghiệp và phát triển nông thôn, nông nghiệp phát triển nông thôn, nông nghiệp và môi trường
nông nghiệp, tài nguyên và môi trường, tài nguyên môi trường, kế hoạch và đầu tư, kế hoạch đầu tư
giáo dục và đào tạo, giáo dục đào tạo, giáo dục, khoa học và công nghệ, khoa học công nghệ
thông tin và truyền thông, thông tin truyền thông, bưu chính viễn thông
văn hóa thể thao và du lịch, văn hóa và thể thao, văn hóa thể thao, văn hóa xã hội
văn hóa và xã hội, văn hóa khoa học và thông tin, văn hóa và thông tin, văn hóa thông tin
giao thông vận tải, giao thông công chính, công thương, công nghiệp, thương mại, xây dựng
thủy sản, nội vụ, ngoại vụ, ngoại giao, quốc phòng, công an, tư pháp, tài chính
tài chính kế hoạch, y tế, du lịch, dân tộc và tôn giáo, dân tộc, tôn giáo, quy hoạch kiến trúc
quy hoạch và kiến trúc, an toàn thực phẩm, kinh tế, kinh tế hạ tầng và đô thị, kinh tế và hạ tầng
kinh tế hạ tầng, kinh tế và đô thị, kinh tế xây dựng, quản lý đô thị, tài nguyên
nông nghiệp và nông thôn, chuyển đổi số, công nghệ thông tin, an ninh mạng
""")

# What begins the name of one body, printed with a capital letter.
NAMED_HEADS = phrases("""
tổ giúp việc, tổ biên tập, tổ thư ký, bộ phận, bộ phận giúp việc, bộ phận một cửa, bộ, sở, phòng
ban, cục, tổng cục, vụ, chi cục, viện, văn phòng, thanh tra, trung tâm, ủy ban, tiểu ban, hội
hiệp hội, liên đoàn, tổng liên đoàn, liên minh, liên hiệp, liên hiệp các hội, đoàn
trung ương đoàn, trung ương hội, công an, quân sự, quân đội, bộ đội, biên phòng, đồn, ngân hàng
kho bạc, bảo hiểm, thuế, cơ quan thuế, hải quan, hạt kiểm lâm, hạt, trạm, trường, đại học
học viện, bệnh viện, đài, báo, tạp chí, thông tấn xã, truyền hình, tòa án, viện kiểm sát
mặt trận, mặt trận tổ quốc, đảng ủy, tỉnh ủy, thành ủy, huyện ủy, quận ủy, thị ủy, tổ đảng
thường vụ, đoàn đại biểu, ủy ban thường vụ, thường trực, ban thường vụ, ban thường trực
ban cán sự, đảng đoàn, hội đồng, hội đồng nhân dân, ủy ban nhân dân, ủy ban mặt trận tổ quốc
chính phủ, quốc hội, thủ tướng, thủ tướng chính phủ, phó thủ tướng, bộ chính trị, ban bí thư
tập đoàn, tổng công ty, công ty, quỹ, điện lực, bưu điện, tổ, tổ công tác, đội, chi bộ, đảng bộ
chi đoàn, tỉnh đoàn, thành đoàn, huyện đoàn, đoàn thanh niên, cổng thông tin điện tử
trang thông tin điện tử, cổng ttđt, ban chỉ đạo, ban chỉ huy, ban quản lý, ban tổ chức
ban tuyên giáo, ban dân vận, ban nội chính, ban kinh tế, ban chấp hành, ban giám hiệu
ban nhân dân, ban công tác mặt trận, bộ chỉ huy, bộ tư lệnh, kiểm toán, cụm, thư viện, viễn thông
viettel, vnpt, mobifone, bảo tàng, nhà văn hóa, nhà máy, hợp tác xã, nhà trường
đoàn đại biểu quốc hội, đoàn đbqh, thống kê, cơ quan, câu lạc bộ, khoa
""")

# Names whose «và», comma or lower case would end a name elsewhere.
FIXED_NAMES = phrases("""
văn phòng hđnd và ubnd, văn phòng hđnd ubnd, văn phòng hđnd và ủy ban nhân dân, văn phòng đảng ủy
văn phòng hội đồng nhân dân và ủy ban nhân dân, văn phòng đoàn đbqh và hđnd
văn phòng đoàn đại biểu quốc hội và hđnd, văn phòng đoàn đại biểu quốc hội và hội đồng nhân dân
báo và phát thanh truyền hình, báo và đài phát thanh truyền hình
báo và đài phát thanh và truyền hình, đài phát thanh và truyền hình, đài phát thanh truyền hình
trung tâm văn hóa thông tin và thể thao, trung tâm văn hóa thể thao và truyền thanh
trung tâm cung ứng dịch vụ sự nghiệp công, thường trực hđnd và ubnd, đảng ủy hđnd ubnd
tuyên giáo và dân vận, ban tuyên giáo và dân vận, ban quản lý dự án đầu tư xây dựng
ban qlda đầu tư xây dựng, ban quản lý các khu kinh tế, ban quản lý các khu công nghiệp
bộ chỉ huy bộ đội biên phòng, bộ đội biên phòng, ban chỉ huy quân sự, bộ chỉ huy quân sự
hội khuyến học, hiệp hội doanh nghiệp vừa và nhỏ, hiệp hội doanh nghiệp nhỏ và vừa
hội doanh nghiệp vừa và nhỏ, hội doanh nghiệp nhỏ và vừa, trung tâm dịch vụ việc làm
cục nhà giáo và cán bộ quản lý giáo dục, hội bảo trợ người khuyết tật và trẻ mồ côi
hội bảo trợ người khuyết tật trẻ mồ côi và bệnh nhân nghèo, trung tâm giám sát điều hành thông minh
trung tâm giám sát điều hành đô thị thông minh, trung tâm ứng dụng tiến bộ khoa học và công nghệ
trung tâm xúc tiến đầu tư thương mại và du lịch, trung tâm xúc tiến đầu tư thương mại du lịch
văn phòng điều phối nông thôn mới, văn phòng điều phối xây dựng nông thôn mới
văn phòng điều phối chương trình xây dựng nông thôn mới
văn phòng điều phối chương trình mục tiêu quốc gia xây dựng nông thôn mới
trung tâm giáo dục nghề nghiệp giáo dục thường xuyên, trung tâm giáo dục thường xuyên
trung tâm giáo dục nghề nghiệp và giáo dục thường xuyên
chi cục phát triển nông thôn và quản lý chất lượng, phòng giao dịch ngân hàng chính sách xã hội
cục cảnh sát quản lý hành chính về trật tự xã hội
phòng cảnh sát quản lý hành chính về trật tự xã hội
phòng cảnh sát phòng cháy chữa cháy và cứu nạn cứu hộ
phòng an ninh mạng và phòng chống tội phạm sử dụng công nghệ cao
đội quản lý trật tự xây dựng và đô thị, trung tâm kiểm soát bệnh tật
chi cục thủy lợi và phòng chống thiên tai, cục quản lý đê điều và phòng chống thiên tai
quỹ bảo vệ và phát triển rừng, hội bảo vệ quyền lợi người tiêu dùng
""")

# Class nouns: with «các» in front, or bare at the start of a sentence.
COMMON_HEADS = phrases("""
bộ, sở, ban, ngành, phòng, cơ quan, đơn vị, tổ chức, địa phương, đoàn thể, doanh nghiệp, hội
thôn, bản, ấp, buôn, tổ dân phố, khu phố, khu dân cư, xã, phường, huyện, tỉnh, thành phố, quận
thị xã, hội đoàn thể, cấp, cấp ủy, chính quyền, lực lượng, cơ sở, trường, trường học, nhà trường
trạm, trung tâm, viện, công ty, tập đoàn, tổng công ty, ngân hàng, hợp tác xã, chủ đầu tư
trường đại học, hiệp hội, thành viên, tổ, đội, ủy ban, cục, vụ, chi cục, tổng cục
tổ chức chính trị xã hội, đại biểu, văn phòng, chi bộ, đảng bộ, đảng ủy, huyện ủy, tỉnh ủy
thành ủy, chi hội, cơ quan báo chí, cơ sở giáo dục, bệnh viện, nhà mạng, quận huyện, ban quản lý
ban chỉ đạo, phòng ban, sở ngành, bộ ngành, ban ngành, tdp, hộ gia đình, cơ sở y tế
quân khu, quân chủng, binh chủng, htx, ngành chức năng, đồng chí, cá nhân, chi nhánh, hội đồng
tổ chức đảng, nhóm, nhà đầu tư
nhà cung cấp, nhà thầu, nhà khoa học, hộ kinh doanh, chủ rừng, chủ đập, chủ cơ sở
""")

# What begins like a name of a body and is none.
NO_BODIES = phrases("""
trường hợp, các trường hợp, những trường hợp, cơ sở dữ liệu, các cơ sở dữ liệu, cơ sở vật chất
cơ sở hạ tầng, cơ sở pháp lý, cơ sở lý luận, toàn tỉnh, toàn huyện, toàn xã, toàn thành phố
toàn phường, toàn ngành, toàn quốc, tổ chức hội nghị, hội nghị, các hội nghị, hội thảo
các hội thảo, hội thi, các hội thi, báo cáo viên, trường lớp, đoàn viên, hội viên, bản đồ
""")
# Class nouns with a comma or a verb inside.
COMMON_COMPOUNDS = phrases("""
lực lượng tham gia bảo vệ an ninh trật tự ở cơ sở, lực lượng bảo vệ an ninh trật tự ở cơ sở
cơ sở khám chữa bệnh, cơ sở sản xuất kinh doanh, cơ sở đào tạo, cơ sở giáo dục đào tạo
cơ sở dạy nghề, cơ sở giáo dục nghề nghiệp, tổ chức chính trị xã hội, tổ chức xã hội nghề nghiệp
tổ chức hội đoàn thể, tổ chức đoàn thể, ban xây dựng đảng, ban đảng, tổ chức kinh tế
tổ chức tín dụng, doanh nghiệp nhà nước, cơ quan thông tấn báo chí, cơ quan tham mưu giúp việc
cơ quan quản lý nhà nước, cơ quan tham mưu, cơ quan kiểm tra, đơn vị quản lý, đơn vị tư vấn
cơ quan báo chí truyền thông, cơ quan hành chính nhà nước, tổ chức chính trị
cơ sở cung cấp dịch vụ, cơ sở kinh doanh, cơ quan thanh tra, cơ quan thi hành án
cơ quan báo chí phát thanh truyền hình, cơ quan báo chí, đơn vị cấp nước, đơn vị cấp nước sạch
cơ quan quản lý, cơ quan chuyên môn, đơn vị sử dụng lao động, đơn vị kinh doanh, nhà đầu tư
nhà cung cấp dịch vụ, nhà thầu, nhà sản xuất, cơ quan chủ quản, doanh nghiệp viễn thông
đơn vị quản lý vận hành, đơn vị thi công, tổ chức cung cấp dịch vụ, cơ quan thực thi pháp luật
đơn vị cung ứng dịch vụ, tổ công nghệ số cộng đồng, thôn trưởng, chi hội trưởng
tổ bảo vệ an ninh trật tự ở cơ sở, tổ bảo vệ an ninh trật tự, tổ hòa giải, tổ tiết kiệm và vay vốn
tổ liên gia tự quản, tổ tự quản, tổ kiểm tra liên ngành, đoàn kiểm tra liên ngành
đội kiểm tra liên ngành, ban giám sát đầu tư của cộng đồng, người sử dụng lao động, hộ dân
""")

# Class nouns that one «các» holds together: «các sở, ban, ngành».
JOINED = frozenset(["bộ", "sở", "ban", "ngành", "phòng", "hội", "cục", "vụ"])
JOINED_PAIRS = frozenset(
    {
        ("cơ quan", "đơn vị"),
        ("tổ chức", "đơn vị"),
        ("đơn vị", "tổ chức"),
        ("cơ quan", "tổ chức"),
        ("phòng", "đơn vị"),
        ("ban", "đơn vị"),
        ("ngành", "đoàn thể"),
        ("tập đoàn", "doanh nghiệp"),
        ("tập đoàn", "tổng công ty"),
        ("hội", "đoàn thể"),
    }
)
# Nouns of places, as in «UBND các xã, phường, đặc khu».
PLACES = frozenset(
    {"xã", "phường", "huyện", "quận", "tỉnh", "thôn", "bản", "ấp", "buôn", "khu phố", "tổ dân phố"}
    | {"đặc khu", "thị xã", "thị trấn", "thành phố", "khu dân cư"}
)
PLACE_LAST_WORDS = frozenset({name.split()[-1] for name in PLACES}) | {"phương"}
TITLES = phrases("đồng chí, các đồng chí, ông, bà")

POSITION_HEADS = phrases("""
chủ tịch, phó chủ tịch, bộ trưởng, thứ trưởng, thủ trưởng, giám đốc, phó giám đốc, tổng giám đốc
tổ trưởng dân phố, tổ trưởng tổ dân phố, trưởng khu phố, trưởng buôn, trưởng khu
trưởng ban công tác mặt trận, trưởng, trưởng ban, chính quyền, cấp ủy, trưởng phòng, trưởng thôn
trưởng bản, trưởng ấp
chánh văn phòng, chánh thanh tra, chánh án, bí thư, người đứng đầu, lãnh đạo, bí thư chi bộ
phó bí thư, phó trưởng ban, phó thủ trưởng, ủy viên, hiệu trưởng, viện trưởng, tổng cục trưởng
cục trưởng, tổ trưởng, trưởng công an, chỉ huy trưởng, tổng biên tập, thành viên, chủ nhiệm
phó chủ nhiệm, vụ trưởng, phó vụ trưởng, chi cục trưởng, trạm trưởng, đội trưởng, tư lệnh
phó giám đốc sở, hội trưởng, chánh án tòa án, quyền giám đốc, phó viện trưởng, trưởng đoàn
tổng thư ký, tổng kiểm toán, cán bộ đầu mối, công chức
trưởng các phòng, tổng phụ trách đội, tổng phụ trách, giáo viên chủ nhiệm, giáo viên bộ môn
nhân viên thư viện, nhân viên y tế, nhân viên thiết bị, kế toán, văn thư
""")
# One noun over several names: «thủ trưởng các sở, ngành, các địa phương».
OVER_SEVERAL = frozenset({"thủ trưởng", "người đứng đầu", "lãnh đạo"})
ALONE = frozenset(
    {
        "viettel",
        "mobifone",
        "vinaphone",
        "trưởng thôn",
        "trưởng bản",
        "trưởng ấp",
        "hiệu trưởng",
        "tổ trưởng",
        "bí thư chi bộ",
        "tổ trưởng dân phố",
        "tổ trưởng tổ dân phố",
        "trưởng khu phố",
        "trưởng buôn",
        "trưởng khu",
        "trưởng ban công tác mặt trận",
        "tổng phụ trách đội",
        "tổng phụ trách",
        "giáo viên chủ nhiệm",
        "giáo viên bộ môn",
        "nhân viên thư viện",
        "nhân viên y tế",
        "nhân viên thiết bị",
        "kế toán",
        "văn thư",
        "ban giám hiệu",
    }
) | frozenset(
    {
        "chính phủ",
        "quốc hội",
        "thủ tướng chính phủ",
        "thủ tướng",
        "bộ trưởng",
        "chủ đầu tư",
        "nhà trường",
        "chính quyền",
        "cấp ủy",
    }
)

ACRONYMS = frozenset(
    [
        "UBTVQH",
        "VPQH",
        "ĐĐQH",
        "ĐBQH",
        "UBKT",
        "BTGDV",
        "BCHQS",
        "CAX",
        "HTX",
        "LMHTX",
        "UBND",
        "HĐND",
        "MTTQ",
        "UBMTTQ",
        "UBMTTQVN",
        "MTTQVN",
        "VTV",
        "VOV",
        "TTXVN",
        "BHXH",
        "NHNN",
        "NHCSXH",
        "LĐLĐ",
        "LHPN",
        "TNCS",
        "VNPT",
        "EVN",
        "VCCI",
        "VPUBND",
        "VPCP",
        "CSGT",
        "TTPVHCC",
        "BQL",
        "BCĐ",
        "TDP",
        "ĐTNCS",
        "VP",
        "TAND",
        "VKSND",
        "HND",
        "HCCB",
        "CCB",
        "BTV",
        "BCH",
        "BTC",
        "QLDA",
        "UB",
        "UBMT",
        "BCH",
        "LLVT",
        "ANTT",
        "BĐBP",
        "TTYT",
        "TTGDTX",
        "THPT",
        "PTTH",
    ]
)

# Names of places that begin or end like the head of a body.
PLACE_NAMES = phrases("hải phòng, hội an, ban mê thuột")
DETERMINERS = frozenset(["các", "những", "mọi", "từng", "mỗi", "toàn"])

# What may follow a name and belongs to it.
MODIFIERS = phrases("""
liên quan, có liên quan, khác, khác có liên quan, việt nam, trung ương, tw, ở trung ương
ở địa phương, ở nước ngoài, ở trung ương và địa phương, trực thuộc, trực thuộc trung ương
trực thuộc tw, trên địa bàn, thuộc chính phủ, ngang bộ, thuộc tỉnh, thuộc thành phố
thuộc ubnd tỉnh, cấp tỉnh, cấp huyện, cấp xã, cấp trên, cấp quân khu, cấp cơ sở, các cấp, quốc gia
cơ sở, chuyên môn, chức năng
đóng trên địa bàn, nhà nước, quản lý nhà nước, truyền thông, báo chí, thông tin đại chúng
thông tấn báo chí, chuyên trách, nêu trên, còn lại, đoàn thể, đảng, của đảng, của tỉnh, của xã
của huyện, của thành phố, của phường, ở cơ sở, sự nghiệp, sự nghiệp công, hành chính công
sự nghiệp công lập, hữu quan, chủ quản, thường trực, đầu mối, chính trị xã hội, xã hội
xã hội nghề nghiệp, kinh tế xã hội, quần chúng, thành viên, có thẩm quyền
thuộc thẩm quyền quản lý, quản lý nhà nước về, thuộc phạm vi quản lý, thuộc quyền quản lý
thuộc lĩnh vực quản lý, do mình quản lý
""")
LEVELS = phrases("""
tỉnh, thành phố, tp, huyện, quận, thị xã, xã, phường, thị trấn, đặc khu, thôn, khu vực, vùng
liên xã
""")
EXTENDERS = frozenset({"thuộc", "của", "ở", "tại"})
# Heads whose name is complete with one field of government; another head begins another body.
# Boards, called after their work: «Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh».
BOARD_HEADS = phrases("""
ban chỉ đạo, ban quản lý, tổ công tác, tổ giúp việc, ban tổ chức, bcđ, bql, bch, ban vận động
""")
FIELD_HEADS = frozenset({"bộ", "sở"})
# What a board manages: «Ban Quản lý các khu công nghiệp».
BOARD_OBJECTS = phrases("""
khu, cụm, dự án, chương trình, công trình, khu vực, tuyến, cảng, vườn, rừng, chợ, di tích, quỹ
đề án
""")
# Nouns of which a syllable is a verb by itself: «Khai thác Công trình Thủy lợi».
NOUNS_WITH_VERBS = phrases("""
công trình, chương trình, quy trình, lộ trình, giáo trình, giao thông, việc làm, nghề nghiệp
""")
# What follows a list of bodies without being part of a name.
WITHIN = phrases("""
trong phạm vi, theo chức năng, theo nhiệm vụ, theo thẩm quyền, theo phân cấp, theo quy định
căn cứ chức năng, trên cơ sở chức năng, theo lĩnh vực
""")

# Verbs and turns with which a duty begins after its subject, and where a name ends.
DUTY_VERBS = phrases("""
phụ trách, chủ trì, phối hợp, có trách nhiệm, chịu trách nhiệm, có nhiệm vụ, xây dựng, tổ chức
hướng dẫn, kiểm tra, đôn đốc, theo dõi, giám sát, tổng hợp, báo cáo, tham mưu, đề xuất, chỉ đạo
lãnh đạo, quán triệt, triển khai, thực hiện, bố trí, cân đối, cấp, phân bổ, thẩm định, phê duyệt
ban hành, trình, rà soát, sửa đổi, bổ sung, hoàn thiện, hoàn thành, tuyên truyền, phổ biến
vận động, đẩy mạnh, tăng cường, nâng cao, phát huy, phát triển, quản lý, sử dụng, bảo đảm
đảm bảo, cung cấp, cập nhật, công bố, công khai, tiếp nhận, giải quyết, xử lý, đánh giá, sơ kết
tổng kết, nghiên cứu, đề nghị, kiến nghị, lập, thành lập, kiện toàn, đào tạo, bồi dưỡng, tập huấn
hỗ trợ, tạo điều kiện, khuyến khích, huy động, thu hút, lồng ghép, cụ thể hóa, điều chỉnh
quy định, quyết định, xác định, thống nhất, duy trì, giữ vững, tham gia, đăng ký, ký kết, cử
phân công, giao, yêu cầu, tích cực, chủ động, tiếp tục, thường xuyên, kịp thời, khẩn trương
nghiêm túc, trực tiếp, tập trung, ưu tiên, căn cứ, cần, phải, nhanh chóng, làm, làm đầu mối
vận hành, khai thác, thu thập, khảo sát, điều tra, thống kê, số hóa, kết nối, chia sẻ, đầu tư
mở rộng, đổi mới, xem xét, quan tâm, chú trọng, đưa, gửi, nộp, thông báo, phát động, phát hiện
ngăn chặn, đấu tranh, phòng ngừa, phòng chống, bảo vệ, tuần tra, lưu trữ, niêm yết, đăng tải
truyền thông, biên soạn, in, phát hành, thanh tra, kiểm soát, kiểm điểm, chấm điểm, khen thưởng
biểu dương, nhân rộng, tư vấn, giới thiệu, tuyển chọn, cam kết, góp phần, nêu cao, gương mẫu, ký
thiết lập, hình thành, tiến hành, lựa chọn, chuẩn bị, sắp xếp, khắc phục, đề ra, nhằm, để, nắm
cải cách, cải thiện, rút ngắn, đơn giản hóa, cắt giảm, phân tích, dự báo, tìm kiếm, làm việc, tự
thúc đẩy, chấp hành, phân cấp, ủy quyền, chuyển, tiếp cận, khôi phục, tu bổ, bảo tồn, nhận, thu
chi, thanh toán, quyết toán, đấu thầu, mua sắm, quảng bá, kêu gọi, mời, xúc tiến, tổng rà soát
thẩm tra, trao đổi, liên hệ, liên kết, hợp tác, soạn thảo, dự thảo, đối thoại, tiếp, vào cuộc
nghiêm cấm, không, định hướng, đồng hành, xóa, giảm, giúp, phối hợp chặt chẽ, phát sóng, sản xuất
sáng tác, dành, mở, chọn, tranh thủ, tháo gỡ, phản ánh, quy hoạch, cải tạo, nâng cấp, trồng
chăm sóc, khám, cấp phát, cứu trợ, cứu hộ, giáo dục, phân loại, thông tin, thí điểm, nhập, in ấn
treo, cổ động, hưởng ứng, lan tỏa, tôn vinh, thẩm mỹ, tham dự, bám sát, lấy, gắn, coi, xem
có ý kiến, có văn bản, có kế hoạch, có giải pháp, có biện pháp, có báo cáo, có phương án, vệ sinh
phun, diễn tập, trực ban, huấn luyện, định kỳ, hằng năm, hàng năm, hằng tháng, hằng quý
hàng tháng, hàng quý, theo chức năng, trên cơ sở, nghiệm thu, bàn giao, khởi công, phủ sóng, phủ
dạy bơi, cắm, dọn dẹp, dọn, lắp đặt, trang bị, mua, sửa chữa, phát quang, tặng, trao, thăm hỏi
giám định, chứng nhận, cấp phép, thẩm định giá, bàn, họp, sinh hoạt, học tập, nghiên cứu học tập
chấm dứt, tạm dừng, dừng, đình chỉ, thu hồi, di dời, giải phóng, bồi thường, hòa giải, tiếp xúc
lắng nghe, chuyển giao, tiêm, tiêm chủng, khử khuẩn, cách ly, điều trị, truy vết, xét nghiệm
tẩm bổ, nuôi, chăn nuôi, khoanh nuôi, gieo, gieo trồng, tưới, nạo vét, gia cố, khơi thông
thoát nước, đo, đo đạc, cắm mốc, lập bản đồ, kê khai, phúc tra, rà phá, bắt giữ, truy tố, xét xử
trực chiến, trực gác, trực canh, trực 24, ứng trực, túc trực, dự giờ
thi hành, trợ giúp, bảo trợ, nuôi dưỡng, tuyển dụng, điều động, luân chuyển, bổ nhiệm, miễn nhiệm
đề bạt, sát hạch, kiểm định, kiểm nghiệm, chuẩn hóa, đồng bộ, tích hợp, cài đặt, bảo trì
bảo dưỡng, sao lưu, ứng cứu, ứng phó, cảnh báo, dự phòng, diễn giải, giải thích, giải trình
tiếp thu, chỉnh lý, soạn, biên tập, xuất bản, phát thanh, truyền hình, đưa tin, viết bài
quay phim, trưng bày, triển lãm, biểu diễn, thi đấu, luyện tập, tập luyện, giải thể, sáp nhập
chia tách, bầu, bầu cử, hiệp thương, phản biện, chất vấn, biểu quyết, thông qua, tán thành
phổ cập, xóa mù, dạy, dạy học, giảng dạy, thi, tuyển sinh, xét tuyển, cấp bằng, công nhận
xếp loại, bình xét, bảo lãnh, cho vay, giải ngân, thoái vốn, cổ phần hóa, đấu giá, cho thuê
chuyển nhượng, thế chấp, đăng kiểm, vận chuyển, lưu thông, phân luồng, điều tiết, tháo dỡ
cưỡng chế, lấn chiếm, chăm lo, quan trắc, quan sát, ghi nhận, ghi chép, lưu giữ, bảo quản
khai báo, trình diễn, thử nghiệm, áp dụng, ứng dụng, chú ý, nhắc nhở, phê bình, xử phạt, kỷ luật
chịu, bảo lưu, hưởng, tham vấn, khuyến cáo, động viên, khích lệ, cổ vũ, nâng, hạ, tăng, đạt
hoàn tất, kết thúc, bắt đầu, đóng, ra quân, xuất quân, hành động, xuất cấp, chi trả, chi viện
tiếp tế, tạo thuận lợi, tháo gỡ khó khăn, đẩy nhanh, kích hoạt, điều phối, tiêu hủy, tuân thủ
""")
# Verbs that surely have a subject before them.
STRONG_VERBS = phrases("""
chủ trì, có trách nhiệm, chịu trách nhiệm, phối hợp, tổng hợp, báo cáo, tham mưu, đôn đốc
theo dõi, chỉ đạo, họp, ban hành, tổ chức, xây dựng, hướng dẫn, kiểm tra, giám sát, do, đã, là
được
""")
# Turns that end a name without opening a duty.
STOPS = phrases("""
đã, là, được, bị, sẽ, vẫn, còn, gồm, bao gồm, và, với, cùng, cho, từ, trong, theo, về, khi, nếu
mà, thì, do, tại, đến, để, nhằm, có, hoặc, như, trên, dưới, sau, trước, bằng, qua, thông qua
việc, đang, đó, này, nói, đối, vì, nên, bởi, giữa, ngoài, vào, ra, lên, xuống, tới, cũng, đều
nhất, đặc biệt, nhất là, trong đó, đồng thời, chặt, hết, rất, trừ, ở, lại, chưa
""")

# Those who speak in a document and give the duty to others.
DEMANDS = phrases(
    "yêu cầu, giao, phân công, giao nhiệm vụ cho, giao cho, chỉ đạo giao, giao trách nhiệm cho"
)
REQUESTS = phrases("""
đề nghị, kính đề nghị, trân trọng đề nghị, mời, đề nghị phối hợp với, kiến nghị
""")
HEADING_PREFIXES = phrases("""
trách nhiệm của, nhiệm vụ của, đối với, phân công, giao, yêu cầu, đề nghị, kính đề nghị
trách nhiệm, nhiệm vụ, trân trọng đề nghị, giao nhiệm vụ cho, giao cho, về phía
phân công nhiệm vụ cho, trách nhiệm thực hiện của, trách nhiệm thuộc về
""")
