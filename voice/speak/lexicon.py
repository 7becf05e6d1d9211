"""Readings of words that the general dictionary gets wrong in this subject.

Each entry is a pattern with the reading of one character in it, that of its last group. Later
entries win. Where sources differ, the reading is that of the dictionary 现代汉语词典.
"""

from __future__ import annotations

import re

_ANYWHERE: tuple[tuple[str, str], ...] = (
    # 调: tiáo to adjust, diào to move or look into.
    (r"(调)(?:低|高|大|小|慢|快|到|成|回|好|便宜|一下|一调|音量|语速|声音|整|节|解|档)", "tiao2"),
    (r"(?:上|下|可|能|会|再|微|往[上下低高])(调)(?!查|研|取|用|动|度)", "tiao2"),
    # 还: huán to give back, hái still.
    (
        r"(还)(?:款|钱|清|债|账|书|卡|给|光猫|猫|机|设备|掉|完|贷|回去|上(?!网|要|有|得|没|能|是))",
        "huan2",
    ),
    (r"(?:归|偿|退|返|交|送|要|去|来|先|不用|没)(还)(?=光猫|款|钱|清|设备|给|$|，)", "huan2"),
    (r"(?:归|偿|退|返|交)(还)(?!是|有|没|能|可)", "huan2"),
    # What the dictionary finds across two words: 没收, 出差, 打的, 会长, 定都, 退还, 查查 are words of their own.
    (r"(没)(?=收)", "mei2"),
    (r"(差)(?=别|异|距|额|错)", "cha1"),
    (r"(?:打|拨)(的)", "de5"),
    (r"(?:退)(还)(?=是|有|没|能|可)", "hai2"),
    (r"(查)(?=查|一查)", "cha2"),
    (r"查(查)", "cha2"),
    (r"[出难](处)(?!理)", "chu4"),
    (r"定(都)", "dou1"),
    (r"(谁)", "shei2"),
    (r"(?<=[一-鿿])不(了)(?!解)", "liao3"),
    # 重: chóng again, zhòng heavy.
    (r"(重)(?:说|讲|听|来|做|打|拨|办|启|装|选|输|试|念|读|填|复|新|置|开|签|发|播|放)", "chong2"),
    # 教: jiāo to teach someone.
    (r"(?<!请)(教)(?=您|你|我|他|她|大家|人|给|会|一教|一下)", "jiao1"),
    # 弹: tán to spring up.
    (r"(弹)(?:窗|出|框|起|开|回|幕)", "tan2"),
    # 为: wéi in 以…为准 and after a verb, wèi for someone.
    (r"(为)(?:准|主|限|期|止|例|难|人)", "wei2"),
    (
        r"(?:称|成|认|作|变|改|转|设|分|视|行|最|极|较|较|更|尤|名)(为)(?!了|您|你|我|他|什么|何)",
        "wei2",
    ),
    # 地 as a particle.
    (r"(.)\1(地)", "de5"),
    (r"一.一.(地)", "de5"),
    (
        r"(?:清楚|仔细|耐心|完整|主动|安心|放心|明确|直接|简单|自动|正常|顺利|逐一|逐步|不停|认真|详细|及时)(地)(?=[一-鿿])",
        "de5",
    ),
    # 得: particle after a verb, děi must, dé to get.
    (r"(?<=[一-鿿])(得)", "de5"),
    (r"(得)(?:到|知|出|失|奖|罪|以|意|体|分|当)", "de2"),
    (r"(?:获|取|所|心|难|博|不|求|应|该|非|未)(得)", "de2"),
    (
        r"(?:^|[我你您他她它们咱谁还就都也可必总只非又先家户者人自己亲费金]|一定|可能|大概|恐怕|至少|起码)(得)(?!到|知|出|失|奖|罪|以|意|体|很|太|好|多|清|懂|上|起|住|了|着|过|对|快|慢|$)",
        "dei3",
    ),
    (
        r"(得)(?=去|带|交|找|等|先|本人|自己|亲自|再|拿|办|付|赔|您|你|把|跟|问|打|用|按|给|看看|有)",
        "dei3",
    ),
    (r"(?:获|取|所|心|难|博)(得)", "de2"),
    (
        r"(?:来|用|靠|记|觉|值|懂|晓|免|省|舍|使|显|说|讲|走|办|看|听|做|处理|变|弄|搞|问|想)(得)(?!等|去|带)",
        "de5",
    ),
    (r"(?:非|总)(得)(?!到)", "dei3"),
    (r"(?:^|[我您你他她咱还就也可])(得)$", "dei3"),
    # 长: cháng long, zhǎng to grow, elder.
    (r"(长)(?=按|期|时间|久|度|短|话|途|达|一点|点|一些|些|得)", "chang2"),
    (r"(?:时|多|太|很|较|更|最|延|加|漫|拉|变|细)(长)", "chang2"),
    # Single words.
    (r"转(账)", "zhang4"),
    (r"(大)(?=夫)", "dai4"),
    (r"(少)(?=不了)", "shao3"),
    (r"(倒)(?=是)", "dao4"),
    (r"(?:[一两几每这那]|第.)(行)(?!不|人|吗|吧|了|得|动|走|程)", "hang2"),
    (r"(转)(?:人工|网|账|到|给|接|过|入|出|成|为|移|存|钱|告|交|换)", "zhuan3"),
    (r"差(不)多", "bu5"),
    (r"(差)(?=不多|点|一点|劲)", "cha4"),
    (r"(数)一(?:数|下)", "shu3"),
    (r"(量)(?=一量|一下|体温|血压)", "liang2"),
    (r"(应)(?=该|当|由|有|得|在|按|付|交|缴|为|先|以|予)", "ying1"),
    (r"(要)(?=求)", "yao1"),
    (r"(只)(?=要|有|能|是|会|好|需|用|可|剩|在|收|管|听|说|办|想|退|扣|按|打|看|给)", "zhi3"),
    (r"(处)(?=理|置|于|在)", "chu3"),
    (r"(会)(?=计)", "kuai4"),
    (r"(给)(?=予|付)", "ji3"),
    (r"(供)(?=应|给|您|你|大家|参考)", "gong1"),
    (r"(结)(?=清|算|束|账|果)", "jie2"),
    (r"(嗯)", "en5"),
    (r"(诶)", "ei1"),
    (r"(哦)", "o5"),
    (r"(喂)", "wei2"),
    (r"(幺)", "yao1"),
    (r"(卡)(?!脖|住|壳)", "ka3"),
    # Weak syllables that the dictionary gives in full.
    (r"(?:麻)(烦)", "fan5"),
    (r"(?:明)(白)", "bai5"),
    (r"(?:知)(道)", "dao5"),
    (r"(?:告)(诉)", "su5"),
    (r"(?:时)(候)", "hou5"),
    (r"(?:清)(楚)", "chu5"),
    (r"(?:东)(西)(?!部|方|南|北|向)", "xi5"),
    (r"(?:先)(生)(?!效)", "sheng5"),
    (r"(?:朋)(友)", "you5"),
    (r"(?:意)(思)", "si5"),
    (r"(?:事)(情)", "qing5"),
    (r"(?:[这那哪])(里)", "li5"),
    (r"(?:衣)(服)", "fu5"),
    (r"(?:消)(息)", "xi5"),
    (r"(?:休)(息)", "xi5"),
    (r"(?:商)(量)", "liang5"),
    (r"(?:便)(宜)", "yi5"),
    (r"(?:[一这那哪点事块玩今明昨]|一会)(儿)(?!子|女|童|媳)", "er5"),
)

SUBJECT_WORDS = frozenset(
    re.findall(
        r"[^ ]+",
        "手机软件 营业厅 身份证 客服 热线 月卡 月租 套餐 流量 违约金 合约期 合约 人工 中国联通 联通 短信 话费 "
        "余额 退订 退款 取消 宽带 副卡 主卡 销户 销号 注销 生效 确认 密码 号码 账单 代办 委托书 携号转网 验证码 手机号 "
        "第一步 第二步 第三步 第四步 第五步 最后一步 下一步 上一步 再说一遍 幺零零 幺零 幺五 要不要 听不听 办不办 "
        "会员 叠加包 流量包 充值 缴费 增值 亲情号 靓号 转人工 工单号 提醒 查清 问清 听清 说清 看清 没听清 语音 "
        "您好 打电话 听一听 问一问 说一声 问一声 改套餐 换套餐 挂失 补卡 停机 保号 复机 故障 网龄",
    )
)
"""Words of this subject that a general list does not hold."""

_PATTERNS = tuple((re.compile(pattern), reading) for pattern, reading in _ANYWHERE if reading)


def overrides(text: str) -> dict[int, str]:
    """The readings, by position, that replace the general dictionary's in ``text``.

    A reading is a syllable with its tone as a digit, 5 for a weak one, ü written as v.
    """
    found: dict[int, str] = {}
    for pattern, reading in _PATTERNS:
        for match in pattern.finditer(text):
            found[match.start(match.lastindex or 0)] = reading
    return found
