"""Names in Chinese, Japanese, Korean, Arabic and Cyrillic letters that nothing announces."""

import re
from collections.abc import Iterator

from app.privacy.detectors.wordlist import WordLists, listed

_HAN = "\u4e00-\u9fff"
_SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆"
    "汪范廖韦贾夏邹熊孟秦阎薛侯雷龙史陶贺顾毛郝龚邵钱严武戴莫孔汤張劉陳楊趙黃吳孫鄭謝韓馮鄧葉蘇呂盧鍾譚陸"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰英华玉萍红玲芬燕彬鹏浩宇轩涵梓欣怡佳思雨晨晓婷雪倩颖琳慧建国志"
    "明文俊峰斌波辉健飞鑫鸿博睿子豪嘉诗琪梦洁秀珍淑云凤莲德福海龙宁凯翔阳旭东林森楠小大卫亮立永春秋冬月星媛"
    "瑶悦美莉薇蕾丹宏庆祥瑞家辰泽皓然逸偉麗強軍艷傑濤剛蘭華紅鵬慧國俊輝飛鴻詩夢潔鳳蓮龍凱陽東亮"
)
_NO_NAMES = listed(
    """高兴 文明 黄金 白云 金星 黄海 龙卫 夏天 夏秋 雷雨 林海 石英 史国 田东 任子 程明 武英 严明
余波 秦国 韩国 唐国 宋国 陈国 魏国 周明 钱文 毛子 莫大 陶文 黄红 黄玉 汤云 林立 平安 张大
龙飞 孔子 孟子 任平 顾家 夏子 武文 高大 曾子 何子 叶子 程子 林子 贺年 叶红 黄花 龙凤 龙海
黄大 雷大 龙华 田明 秋月 春秋 东海 江海 白玉 丁子 钟子 张力 王子 王国 王家 国王 范文 林业
云海 周云 黄河 余明"""
)
_SHORT_NAME = rf"[{_HAN}]{{2,4}}"
_CHINESE = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[和与跟及给找问请由让对天同是叫])|(?={_SHORT_NAME}(?:先生|女士|小姐|老师|经理|教授|医生|律师)))"
    rf"(?P<v>(?:[{_SURNAME}]|欧阳|司马|上官|诸葛|歐陽)[{_GIVEN}]{{1,2}})"
    rf"(?=[^{_HAN}]|$|先生|女士|小姐|老师|经理|主任|教授|医生|同学|律师|博士|[和与跟及说在去来是住给于的将从为已也都把被向]|电话)"
)
_JAPANESE = re.compile(
    r"(?P<v>(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|清水"
    r"|山崎|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|斉藤|福田"
    r"|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|柴田|酒井|宮崎"
    rf"|横山|宮本|内田|高木|安藤|谷口|大野|丸山|今井|河野|藤本|村田|武田|上野|杉山|増田)[ \u3000]?"
    rf"(?![県市町村区駅州港湾川山島城大])[{_HAN}]{{1,3}}(?<![県市町村区駅社部店院校園線橋]))(?=[^{_HAN}]|$)"
)
_HANGUL = "\uac00-\ud7a3"
_KOREAN_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류진지엄채원천방공현함"
)
_KOREAN_TITLE = (
    "씨|님|과장|부장|대리|팀장|사원|차장|이사|선생님|교수|대표|사장|변호사|의사|학생|고객님|환자|매니저"
)
_KOREAN_GIVEN = (
    "민수|민준|서준|도윤|예준|시우|하준|지호|지후|준서|준우|지훈|현우|우진|건우|서연|서윤|지우|서현|하은|하윤|민서"
    "|지유|윤서|채원|수아|지아|지민|수빈|은지|지영|미경|영희|철수|영수|영호|정훈|성민|성호|동현|재현|준호|민호|진호"
    "|수진|은영|현정|미영|혜진|지현|유진|수현|소영|경숙|영숙|정숙|상훈|태현|승현|승민|민지|예진|은주|혜원|보람"
)
_KOREAN = re.compile(
    rf"(?<![{_HANGUL}])(?P<v>[{_KOREAN_FAMILY}](?:[{_HANGUL}]{{2}}(?=\s?(?:{_KOREAN_TITLE}))"
    rf"|(?:{_KOREAN_GIVEN})(?=[^{_HANGUL}]|$|[은는이가을를과와의도]|에게|한테|입니다|이라)))"
)
_ARABIC = re.compile(
    r"(?<![\u0600-\u06ff])[ولب]?(?P<v>(?:محمد|أحمد|احمد|محمود|حسين|يوسف|إبراهيم|ابراهيم"
    r"|فاطمة|عائشة|خديجة|زينب|مصطفى"
    r"|عثمان|طارق|ياسر|عبد الله|عبدالله|عبد الرحمن|عبدالرحمن|إسماعيل|مريم|سارة|ليلى|خالد|عمر|سلمى|هند)"
    r"(?: (?:بن|بنت|ابن|أبو|آل|عبد))?(?: ال[\u0621-\u064a]{2,12}| (?:محمد|أحمد|علي|حسن|حسين|محمود|خالد"
    r"|يوسف|إبراهيم|مصطفى|عمر|سعيد|صالح|عثمان)){1,3})(?![\u0600-\u06ff])"
)
_CYRILLIC = re.compile(
    r"(?<!\w)(?P<first>[А-ЯЁІЇЄҐ][а-яёіїєґ'’]{1,20}) (?:[А-ЯЁІЇЄҐ][а-яёіїєґ'’]{3,20}"
    r"(?:вич|вна|чна|ич)(?:а|у|ем|ем|ы|е|ой)? ?)?"
    r"(?:[А-ЯЁІЇЄҐ][а-яёіїєґ'’]{1,20}(?:ов|ев|ёв|ин|ын|енк|ск|цк|чук|юк|як|ян|ко|дзе|швили)"
    r"(?:а|у|ым|ом|ой|е|ого|ому|ий|им|ую|ая|о|ого)?)?(?!\w)"
)
_INITIALS = re.compile(
    r"(?<!\w)(?:[А-ЯЁІЇЄҐ]\. ?[А-ЯЁІЇЄҐ]\. ?[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,25}"
    r"|[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,25} [А-ЯЁІЇЄҐ]\. ?[А-ЯЁІЇЄҐ]\.)"
)
_CASES = ("", "а", "у", "ом", "ем", "е", "ой", "ей", "ы", "и", "ю", "я", "ею", "ою")
_FULL = ("", "а", "я", "й", "ь", "ия")


class EasternNames:
    """Find names by how they are built."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of names."""
        if text.isascii():
            return
        for pattern in (_CHINESE, _JAPANESE, _KOREAN, _ARABIC):
            for match in pattern.finditer(text):
                if match["v"] not in _NO_NAMES:
                    yield match.span("v")
        for match in _INITIALS.finditer(text):
            yield match.span()
        for match in _CYRILLIC.finditer(text):
            if " " in match.group().strip() and self._is_first(match["first"].casefold()):
                yield match.start(), match.start() + len(match.group().rstrip())

    def _is_first(self, word: str) -> bool:
        """Say whether a word is a first name in one of its cases."""
        stems = (word.removesuffix(end) for end in _CASES if word.endswith(end))
        return any(len(stem) > 1 and stem + end in self._lists.first for stem in stems for end in _FULL)
