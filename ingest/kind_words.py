"""The words by which junk is known: headings of contents and reference lists, and phrases that frame web pages."""

from __future__ import annotations

import re

from corpus.text import fold

_NUMBERING = re.compile(r"^[\W\d]*(?:annex\s+\w+\W+)?|[\W\d]+$")

# What stands above a list of contents, tables or index words, in the six UN languages and those nearest to them.
_CONTENTS = """
contents|table of contents|list of contents|contents page|list of tables|list of figures|list of boxes
list of maps
list of tables and figures|tables and figures|list of annexes|list of illustrations|index|subject index
general index
in this issue|on this page|table des matières|sommaire|liste des tableaux|liste des figures|liste des encadrés
índice|índice general|índice de contenidos|tabla de contenido|tabla de contenidos|contenido|índice de cuadros
lista de tablas|índice de figuras|содержание|оглавление|список таблиц|список рисунков|предметный указатель
目录|目錄|目次|表目录|图目录|索引|المحتويات|جدول المحتويات|قائمة المحتويات|الفهرس|فهرس المحتويات|قائمة الجداول
inhalt|inhaltsverzeichnis|stichwortverzeichnis|sumário|indice|sommario
"""
_REFERENCES = """
references|reference list|list of references|references and notes|references and further reading|bibliography
selected bibliography|works cited|literature cited|literature|further reading|sources and references|endnotes
références|références bibliographiques|bibliographie|liste de références|pour aller plus loin|ouvrages cités
referencias|referencias bibliográficas|bibliografía|lista de referencias|obras citadas|fuentes consultadas
литература|список литературы|список использованной литературы|список использованных источников|библиография
источники|использованные источники|библиографический список|参考文献|參考文獻|参考资料|参考书目|引用文献
المراجع|المصادر|المصادر والمراجع|قائمة المراجع|المراجع والمصادر|ثبت المراجع|قائمة المصادر والمراجع
literatur|literaturverzeichnis|quellen|quellenverzeichnis|literatura|referências|referências bibliográficas
bibliografia|riferimenti bibliografici
"""
# Each is said by a site about itself, hardly ever by a text about learning; matched against folded text.
_PHRASES = r"""
(?:we|this (?:web)?site|our (?:web)?site) uses? cookies|use of cookies|(?:accept|reject|manage) (?:all )?cookies
cookie (?:policy|settings|preferences|notice)|all rights reserved
(?<!its )(?<!their )privacy (?:policy|notice|statement)
terms (?:of use|and conditions)
©|copyright (?:\(c\)|notice|20\d\d|19\d\d)|powered by \w+
skip to (?:main )?content|back to top|toggle navigation|main menu
share (?:this|on|via)(?: (?:on|to|page|article|post|story|facebook|twitter|x|linkedin|whatsapp|email))*\W*$
(?:follow|find|like) us on|follow .{1,60} on (?:facebook|twitter|instagram|x|linkedin)\b
(?:sign up|subscribe) (?:to|for) (?:our|the|this) .{0,40}newsletter
by subscribing to our newsletter|sign up for our|your email address|enter your e-?mail|print this page
click here to|read more$
you may also like|related (?:articles|posts|stories)|(?:log|sign) in (?:to (?:your|comment|continue)|or)
site ?map|enable javascript
non-commercial use only|may be reproduced|no part of this (?:publication|work|document)
permission (?:of|from) the (?:publisher|copyright)
(?:utilise|utilisons|utilisation) (?:d[e']s? ?|les )?cookies|tous droits reserves|mentions legales
politique de confidentialite
partager (?:sur|cette page|cet article)|suivez-nous|abonnez-vous|aller au contenu|haut de page
plan du site|lire la suite$
(?:utiliza|utilizamos|usa|uso de) (?:las )?cookies|todos los derechos reservados|aviso legal
politica de privacidad|compartir en
siguenos|suscribete|ir al contenido|mapa del sitio|leer mas$|aceptar (?:todas )?las cookies
файлы cookie|использу\w+ cookie|все права защищены|политика конфиденциальности|поделиться|подпишитесь
карта сайта|наверх$|перейти к содержанию
版权所有|版權所有|隐私政策|隐私声明|使用条款|分享到|返回顶部|网站地图|关注我们|订阅.{0,6}通讯|本网站使用|跳转到主要内容|京?icp备
جميع الحقوق محفوظة|ملفات تعريف الارتباط|سياسة الخصوصية|شروط الاستخدام|شارك (?:علي|على|هذا)|تابعنا
خريطة الموقع|اشترك في نشرت|انتقل الي المحتوي|انتقل إلى المحتوى
alle rechte vorbehalten|datenschutzerklarung|impressum|todos os direitos reservados|tutti i diritti riservati
"""
# Words of menus: a line that holds hardly anything else leads elsewhere.
_MENU = """
home|about|about us|contact|contact us|news|events|search|login|log in|register|sitemap|faq|help|careers
press|media
privacy|terms|cookies|accessibility|subscribe|share|print|email|facebook|twitter|instagram|linkedin
youtube|whatsapp|next
previous|menu|publications|resources|donate|blog|disclaimer|legal|donors|jobs|rss|english|français
español|русский|العربية|中文
accueil|à propos|contactez-nous|actualités|recherche|connexion|partager|imprimer|inicio|quiénes somos
contacto|noticias|buscar
compartir|imprimir|publicaciones|главная|о нас|контакты|новости|поиск|вход
首页|关于我们|联系我们|新闻|搜索|登录|新闻中心
الرئيسية|من نحن|اتصل بنا|الأخبار|بحث|تسجيل الدخول|start|über uns|kontakt|suche
"""


def _list(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in re.split(r"[|\n]", words) if word)


CONTENTS_TITLES, REFERENCES_TITLES, MENU = _list(_CONTENTS), _list(_REFERENCES), _list(_MENU)
_ANY = "|".join(line for line in _PHRASES.split("\n") if line)
BOILERPLATE = re.compile(_ANY)
# The same phrases wherever they stand: what holds none of these holds none of those.
ANYWHERE = re.compile(_ANY.replace("$", ""))


def plain_title(title: str) -> str:
    """A heading as the lists above hold it: folded, without its number and the marks around it."""
    return _NUMBERING.sub("", fold(title.strip()))
