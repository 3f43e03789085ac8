"""The words of bad news, as regular expressions; each hardly ever has a harmless sense beside a company's name."""

from typing import Final

ENGLISH: Final = (
    r"lawsuits?|class[ -]actions?|su(?:es|ed|ing)|(?:is|was|been|being) sued"
    r"|recall(?:s|ed|ing)?\s+(?:\d[\d.,]*|hundreds|thousands|dozens|some|all|its?|more than \d[\d.,]*|about \d[\d.,]*)"
    r"|(?:product|safety|vehicle|voluntary) recalls?|recall of|recalled (?:over|after|because|due)|scandals?"
    r"|lay-?offs?|lay(?:s|ing)? off|laid off|job cuts|(?:cut|cuts|cutting|axe|axes|axing) (?:\S+ ){0,2}jobs"
    r"|frauds?|fraudulent|bribes?|bribery|corruption|embezzle\w*|money[ -]laundering|indicted|indictment"
    r"|charged with|convicted|found guilty|pleads? guilty|pleaded guilty|accused of|allegations?|allegedly"
    r"|misconduct|harassment|discriminat\w+|whistle-?blowers?|under investigation|investigat\w+ (?:into|over)"
    r"|raided|prob(?:e|es|ed) (?:into|over)|fined|fines? of|penalt(?:y|ies) of|violat(?:ed|es|ing|ions?)"
    r"|antitrust|data breach\w*|data leak|was hacked|ransomware|bankrupt(?:cy)?|insolven(?:t|cy)|chapter 11"
    r"|profit warning|plunge[sd]|shares plunge|boycott\w*|backlash|outrage|apologi[sz]e[sd]?|cover-?up|misled"
    r"|misleading"
    r"|deceiv\w+|explosions?|killed|fatal(?:ly)?|deaths?|injur(?:ed|ies|y)|poison\w*|toxic|contaminat\w+"
    r"|safety (?:defects?|failures?)|defective|faulty|steps? down (?:amid|after|over)"
    r"|resign(?:s|ed)? (?:amid|after|over)|ousted"
)
GERMAN: Final = (
    r"(?:sammel)?klagen? gegen|(?:ver)?klagt\b.{0,60}\b(?:gegen|wegen)|verklagt|rückruf\w*"
    r"|ruft\b.{0,80}\bzurück|ruft .{0,60}zurück|(?:\w+)?skandale?s?|entlass\w+|stellenabbau"
    r"|stellenstreichung\w*|streicht (?:\S+ ){0,3}(?:stellen|jobs|arbeitsplätze)|baut (?:\S+ ){0,3}stellen ab"
    r"|betrugs?|betrügerisch\w*|bestechung\w*|korruption\w*|untreue|geldwäsche|razzia\w*"
    r"|durchsuch(?:t|ung|ungen|te|ten)|ermitt(?:elt|lungen|lungsverfahren)|staatsanwaltschaft|angeklagt\w*"
    r"|anklage|verurteilt\w*|beschuldigt\w*|vorwürfe\w*|vorgeworfen|wirft\b.{0,60}\bvor|belästigung"
    r"|diskriminier\w+|bußgeld\w*|geldbuße\w*|geldstrafe|kartellamt|kartellverfahren|datenleck\w*|datenpanne\w*"
    r"|hackerangriff\w*|gehackt|insolvenz\w*|insolvent|pleite\w*|gewinnwarnung|boykott\w*|empörung|shitstorm"
    r"|vertuscht?\w*|getäuscht|täuschung|explosion\w*|getötet|tödlich\w*|todesfäll\w*|verletzt\w*|vergift\w+"
    r"|giftig\w*|verseucht\w*|verunreinigt\w*|mangelhaft\w*|tritt .{0,40}zurück"
)
FRENCH: Final = (
    r"poursuivie?s? (?:en justice|pour|par)|poursuites|plainte (?:contre|collective)|porte plainte|procès"
    r"|rappel (?:de|des|d['’]|massif|volontaire)|rappelle\s+(?:\d|tous|toutes|des milliers|plusieurs)"
    r"|scandales?|licenci\w+|suppressions? (?:de|d['’])\s?(?:\S+ )?(?:postes?|emplois?)"
    r"|supprime (?:\S+ ){0,3}(?:postes|emplois)|plan social|fraudes?|frauduleu\w+|corruption|pots?-de-vin"
    r"|blanchiment|détournement|mise? en examen|condamnée?s?|accusée?s? (?:de|d['’])|accusations?"
    r"|soupçonnée?s? (?:de|d['’])|soupçons|harcèlement|discriminations?|lanceu(?:r|se)s? d['’]alerte"
    r"|enquête (?:judiciaire|pénale|ouverte|pour|visant)|perquisition\w*|amendes? (?:de|d['’])|sanctionnée?s?"
    r"|fuite de données|piratage|piratée?s?|cyberattaque|faillite|redressement judiciaire"
    r"|liquidation judiciaire|insolvable|avertissement sur (?:les )?résultats|boycott\w*|tollé|polémique"
    r"|explosions?|tuée?s?|mort(?:elle|els|elles)|décès|blessée?s?|empoisonn\w+|toxiques?|contaminée?s?"
    r"|contamination|défectueu\w+|trompeu\w+|démissionn\w+ (?:après|suite|sur fond)"
)
SPANISH: Final = (
    r"demandas?(?: colectivas?)? (?:contra|por)|demandad[ao]s?|querella\w*|retira del mercado"
    r"|retir(?:a|ó|ará|an|aron) (?:\S+ ){0,4}(?:unidades|productos|vehículos)"
    r"|retirada de(?:l mercado| productos)|llam(?:a|ó) a revisión|escándalos?|despid(?:os?|e|en|ió|ieron|irá)"
    r"|recorte de (?:plantilla|empleos|puestos)|expediente de regulación|\bERE\b|fraudes?|fraudulent\w+"
    r"|sobornos?|corrupción|blanqueo|malversación|imputad[ao]s?|condenad[ao]s?|acusad[ao]s? de"
    r"|acusa(?:n|ciones)?\b|presunt[ao]s?|denuncian?|denunciad[ao]s?|acoso|discriminaci\w+|investigad[ao]s? por"
    r"|investigación (?:judicial|penal|por|contra)|registro policial|multad?[ao]?s?\b (?:con|de|por|a)|multas?"
    r"|sancionad[ao]s?|sanción|filtración de datos|brecha de (?:datos|seguridad)|hackead[ao]|ciberataque"
    r"|quiebra|concurso de acreedores|insolven\w+|boicot\w*|polémica|explosión|murier\w+|muertos?|muertes?"
    r"|fallecid\w+|herid[ao]s|intoxic\w+|tóxic[ao]s?|contaminad[ao]s?|contaminación|defectuos[ao]s?"
    r"|engaños[ao]s?|dimit(?:e|ió) (?:tras|por|en medio)"
)

# Against the bad thing, not with it: a product that detects fraud, a rule against corruption, no injuries.
AGAINST: Final = (
    r"detect\w*|prevent\w*|avoid\w*|fight\w*|combat\w*|against|anti|protect\w* (?:\S+ ){0,3}(?:from|against)"
    r"|without|no|not|never|reduc\w+|stop\w*|spot\w*|remov\w+|erkenn\w*|verhinder\w*|vermeid\w*|bekämpf\w*"
    r"|gegen|ohne|kein\w*|schützt? (?:\S+ ){0,4}vor|vor|nicht|détect\w*|préven\w+|prévien\w+|évit\w+"
    r"|lutt\w+ contre|contre|sans|aucune?|protég\w+ (?:\S+ ){0,3}(?:de|des|contre)|previen\w+|preven\w+|evit\w+"
    r"|lucha\w* contra|contra|sin|ningún|ninguna|protege\w* (?:\S+ ){0,3}(?:de|contra)"
)
