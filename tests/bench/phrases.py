"""The official wording that made-up plans are put together from, by field of work.

Only patterns as they are common to such plans; no sentence of a real plan. A field is
(heading, unit of a commune, unit of a province, matters).
"""

from __future__ import annotations

ACTIONS = (
    "Tổ chức triển khai",
    "Rà soát, bổ sung",
    "Đẩy mạnh tuyên truyền, phổ biến",
    "Tăng cường kiểm tra, giám sát",
    "Xây dựng và tổ chức thực hiện",
    "Nâng cao chất lượng",
    "Phối hợp thực hiện",
    "Hướng dẫn các thôn, tổ dân phố thực hiện",
    "Lồng ghép thực hiện",
    "Huy động nguồn lực xã hội cho",
    "Ứng dụng công nghệ thông tin, chuyển đổi số trong",
    "Bồi dưỡng kiến thức, kỹ năng về",
    "Duy trì và nhân rộng các mô hình về",
    "Kịp thời tháo gỡ khó khăn, vướng mắc trong",
    "Tham mưu Ủy ban nhân dân chỉ đạo",
    "Thống kê, cập nhật dữ liệu về",
)
PURPOSES = (
    "bảo đảm phù hợp với điều kiện thực tế của địa phương",
    "không để ai bị bỏ lại phía sau",
    "lấy người dân làm trung tâm trong quá trình phát triển",
    "góp phần nâng cao đời sống vật chất, tinh thần của Nhân dân",
    "thúc đẩy bình đẳng giới và bảo vệ các nhóm yếu thế trong xã hội",
    "gắn với nhiệm vụ phát triển kinh tế - xã hội và cải cách hành chính",
    "tránh hình thức, bảo đảm thiết thực, hiệu quả và tiết kiệm",
    "tạo sự thống nhất về nhận thức và hành động trong cán bộ, đảng viên và Nhân dân",
    "đáp ứng yêu cầu hội nhập sâu rộng hơn trong bối cảnh mới",
    "phát huy vai trò của Mặt trận Tổ quốc và các đoàn thể",
)
MEANS = (
    "thông qua hệ thống truyền thanh cơ sở, cổng thông tin điện tử và các buổi sinh hoạt cộng đồng",
    "theo hướng dẫn của cơ quan chuyên môn cấp trên",
    "trong khuôn khổ các chương trình mục tiêu quốc gia đang thực hiện",
    "bằng các hình thức phù hợp với từng nhóm đối tượng",
    "trên cơ sở kết quả rà soát của các thôn, tổ dân phố",
    "theo phương châm rõ người, rõ việc, rõ thời gian, rõ kết quả",
)
FIELDS = (
    (
        "Thông tin, tuyên truyền",
        "phong-van-hoa-xa-hoi",
        "so-van-hoa-the-thao-va-du-lich",
        (
            "nội dung, mục tiêu của Cộng đồng Văn hóa - Xã hội ASEAN",
            "các giá trị, bản sắc chung của ASEAN",
            "chủ trương, đường lối đối ngoại và hội nhập quốc tế",
            "các hoạt động giao lưu văn hóa, văn nghệ, thể dục thể thao quần chúng",
            "hình ảnh đất nước, con người và văn hóa truyền thống của địa phương",
        ),
    ),
    (
        "Chăm sóc sức khỏe nhân dân",
        "tram-y-te",
        "so-y-te",
        (
            "công tác y tế dự phòng, phòng chống dịch bệnh truyền nhiễm và không truyền nhiễm",
            "khám sức khỏe định kỳ cho người cao tuổi, người khuyết tật và trẻ em",
            "truyền thông về dinh dưỡng, an toàn thực phẩm",
            "hồ sơ sức khỏe điện tử của người dân",
            "chăm sóc sức khỏe sinh sản, sức khỏe vị thành niên",
        ),
    ),
    (
        "Giáo dục và đào tạo",
        "co-so-giao-duc",
        "so-giao-duc-va-dao-tao",
        (
            "nội dung giáo dục về ASEAN trong các hoạt động ngoại khóa",
            "môi trường học tập thân thiện, an toàn, không bạo lực",
            "việc dạy và học ngoại ngữ, kỹ năng số cho học sinh",
            "phong trào học tập suốt đời, xây dựng xã hội học tập",
            "chính sách hỗ trợ học sinh có hoàn cảnh khó khăn",
        ),
    ),
    (
        "An sinh xã hội, giảm nghèo",
        "phong-van-hoa-xa-hoi",
        "so-noi-vu",
        (
            "chính sách trợ giúp xã hội đối với các đối tượng bảo trợ",
            "công tác giảm nghèo bền vững, giải quyết việc làm",
            "các mô hình hỗ trợ sinh kế cho hộ nghèo, hộ cận nghèo",
            "công tác bảo vệ, chăm sóc trẻ em và phòng, chống đuối nước",
            "công tác bình đẳng giới và vì sự tiến bộ của phụ nữ",
        ),
    ),
    (
        "Môi trường và ứng phó với biến đổi khí hậu",
        "phong-kinh-te",
        "so-nong-nghiep-va-moi-truong",
        (
            "việc thu gom, phân loại chất thải rắn sinh hoạt tại nguồn",
            "phong trào xây dựng cảnh quan sáng - xanh - sạch - đẹp",
            "phương án phòng, chống thiên tai và tìm kiếm cứu nạn",
            "công tác quản lý đất đai, tài nguyên nước và khoáng sản",
            "các mô hình sản xuất nông nghiệp sạch, tiết kiệm nước",
        ),
    ),
    (
        "Chuyển đổi số, cải cách hành chính",
        "trung-tam-phuc-vu-hanh-chinh-cong",
        "so-khoa-hoc-va-cong-nghe",
        (
            "việc giải quyết thủ tục hành chính, dịch vụ công trực tuyến toàn trình",
            "hoạt động của tổ công nghệ số cộng đồng",
            "cơ sở dữ liệu dùng chung phục vụ quản lý, điều hành",
            "kỹ năng số cơ bản cho người dân, nhất là người cao tuổi",
            "công tác bảo đảm an toàn thông tin mạng",
        ),
    ),
)
TARGETS = (
    (
        "duoc-tuyen-truyen-asean",
        "cán bộ, công chức, viên chức",
        "được tuyên truyền, phổ biến các nội dung liên quan đến hội nhập ASEAN và"
        " Cộng đồng Văn hóa - Xã hội ASEAN",
    ),
    (
        "hieu-biet-co-ban-asean",
        "cán bộ, công chức, viên chức",
        "có hiểu biết cơ bản về Cộng đồng Văn hóa - Xã hội ASEAN và các lợi ích mang lại",
    ),
    (
        "can-bo-thong-tin-co-so-duoc-boi-duong",
        "cán bộ làm công tác thông tin và truyền thông cơ sở",
        "được đào tạo, bồi dưỡng kỹ năng, nghiệp vụ thông tin và truyền thông",
    ),
)
REPORTED = (
    "Đã ban hành văn bản chỉ đạo và tổ chức thực hiện theo kế hoạch.",
    "Đang tổ chức thực hiện; đã hoàn thành bước rà soát, lập danh sách.",
    "Đã tổ chức 04 buổi tuyên truyền với hơn 300 lượt người tham dự.",
    "Chưa bố trí được kinh phí; đang đề nghị cấp trên xem xét.",
    "Đã phối hợp với các đoàn thể triển khai tại tất cả các thôn, tổ dân phố.",
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Quốc", "Hồng")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hạnh",
    "Hùng",
    "Lan",
    "Long",
    "Mai",
    "Nga",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
    "Trang",
    "Tuấn",
    "Yến",
)
