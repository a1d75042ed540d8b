"""What buttons and instructions of web pages say, in the six UN languages and those nearest to them.

Nouns of menus ("Contact", "Resources") are not among them: they are headings as often as buttons.
"""

from __future__ import annotations

import re

from corpus.text import fold

_MOVES = """
next|previous|prev|back|menu|close|share|print|tweet|download|more|read more|learn more|see more|show more|show less
view more|view all|view details|find out more|start video|start video now|play video|watch video|watch the video
next page|next story|next section|next chapter|previous page|previous story|previous section|previous chapter
share this|share this page|share this story|top of page
suivant|suivante|page suivante|précédent|page précédente|retour|retour en haut|retour à l'accueil|haut de page
lire la suite|en savoir plus|voir plus|partager|imprimer|télécharger|fermer
siguiente|anterior|volver|volver arriba|leer más|ver más|compartir|imprimir|descargar|cerrar
próximo|próxima|voltar|voltar ao topo|leia mais|saiba mais|ver mais|compartilhar|partilhar
weiter|weiterlesen|zurück|nach oben|zum seitenanfang|teilen|drucken|mehr|mehr erfahren|mehr lesen|schließen
avanti|indietro|torna su|leggi tutto|leggi di più|condividi|stampa
далее|назад|вперед|наверх|читать далее|подробнее|поделиться|печать|скачать|закрыть
下一页|上一页|下一頁|上一頁|返回|返回顶部|回到顶部|返回首页|阅读更多|更多|查看更多|了解更多|分享|打印|下载|关闭
التالي|السابق|العودة إلى الأعلى|إلى الأعلى|اقرأ المزيد|المزيد|مشاركة|شارك|طباعة|تحميل|رجوع|إغلاق
"""
_WAYS = (
    r"(?:go ?to|back to|return to|jump to|skip to) (?:the )?(?:first|previous|next|last|main|top|home|content)\b.{0,20}"
)
_INSTRUCTIONS = r"""
(?:please )?(?:scroll|swipe|tap|click|press)\b.{0,80}\b(?:continue|navigate|start|begin|explore|pages?|more)\b.{0,40}
(?:please )?use (?:the|your) (?:mouse|arrow|keyboard|keys)\b.{0,80}\b(?:continue|navigate|pages?|scroll)\b.{0,40}
.{0,120}\b(?:speakers|sound|headphones)\b.{0,30}\b(?:turned|switched) on\b.{0,20}
(?:faites defiler|glissez|cliquez|desplacese|deslice|haga clic|scrollen sie|wischen sie|прокрутите|листайте)\b.{0,80}
"""

MOVE = re.compile("|".join([_WAYS, *(re.escape(fold(word)) for word in re.split(r"[|\n]", _MOVES) if word)]))
INSTRUCTION = re.compile("|".join(line for line in _INSTRUCTIONS.split("\n") if line))
