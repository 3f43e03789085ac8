"""The words that show what a name means: who speaks, what firms do, who is a person, what is a credit.

English, German, French, Spanish, with the commonest of Italian and Dutch; Chinese and Japanese where the form allows.
Lower case, accents folded. No brand, firm or product stands here: what a name means is decided by its target's own
words and by the page.
"""

from typing import Final

from mentions.matching.word_lists import word_list

# What is said of firms and publications, right behind their name.
DEEDS: Final = word_list(
    "said says announced announces announcing reported reports reporting launched launches unveiled unveils",
    "acquired acquires bought buys sells sold plans planned posted confirmed confirms declined revealed reveals",
    "told wrote writes introduced introduces released releases offers offered provides employs hired makes made",
    "has will expects published publishes warned claims claimed agreed filed sued invested invests raised charges",
    "owns operates lets allows supports found estimates surveyed ranked named noted describes began refused",
    "started uses wants sagte sagt teilte teilt kundigte kundigt meldet meldete berichtet berichtete stellt",
    "stellte verkauft verkaufte plant plante baut bietet bringt hat hatte veroffentlicht veroffentlichte",
    "ubernimmt schreibt schrieb erklarte zahlt warnt rechnet setzt macht startet gab gibt annonce annoncait lance",
    "lancait devoile rachete propose affirme indique vend publie ecrit estime prevoit anuncio anuncia lanza lanzo",
    "presenta presento dijo compro vende ofrece publica publico afirma informo asegura annuncia lancia kondigt",
    "meldt",
)
# Nouns that follow the name of a firm, a product or a publication.
ATTRIBUTES: Final = word_list(
    "ceo cfo cto coo founder cofounder chairman boss executive executives spokesperson spokesman spokeswoman",
    "employee employees staff engineers developers user users customer customers subscribers shareholders shares",
    "stock account accounts app apps website site page platform software device devices products store stores",
    "shop api reporter journalist correspondent columnist report reports study survey poll article interview",
    "magazine newspaper editor channel server servers integration plugin extension browser subscription driver",
    "drivers headquarters factory plant dealer dealers models research analyst analysts data index list ranking",
    "readers certification spreadsheet spreadsheets ads campaign campaigns podcast blog button profile chef chefs",
    "aktie aktien konzern nutzer kunden sprecher sprecherin mitarbeiter manager werk fabrik filiale bericht",
    "umfrage studie redakteur redaktion online magazin vorstand grunder geschaft patron actionnaire salaries",
    "utilisateurs magasin enquete sondage journaliste directeur application tienda usuarios empleados acciones",
    "director portavoz informe encuesta aplicacion",
)
# Nouns that stand right before such a name.
INTRODUCERS: Final = word_list(
    "company companies firm giant maker manufacturer retailer brand startup chain carrier operator provider",
    "vendor app apps platform platforms service services site website magazine newspaper journal daily weekly",
    "outlet agency network software tool tools browser bank insurer subsidiary parent supplier rival competitor",
    "competitors like including via unternehmen konzern firma hersteller anbieter marke tochter zeitung magazin",
    "zeitschrift nachrichtenmagazin agentur nachrichtenagentur dienst plattform portal sender handler discounter",
    "versicherer rivale riese fachzeitschrift entreprise groupe societe constructeur fabricant marque quotidien",
    "hebdomadaire agence operateur geant empresa compania grupo marca diario revista periodico agencia banco",
    "gigante fabricante plataforma operadora",
)
# Who speaks for a firm: "the CEO of …", "a spokesman for …".
OFFICES: Final = word_list(
    "ceo cfo cto coo founder cofounder chairman chairwoman boss executive spokesperson spokesman spokeswoman",
    "employee employees subsidiary division owner president director manager engineer scientist chef vorstand sprecher",
    "sprecherin grunder patron directeur fondateur portavoz director presidente fundador",
)
SOURCES: Final = word_list(
    "laut selon segun via source sources quelle quellen fuente secondo volgens per gegenuber",
)
DEFINITE: Final = word_list(
    "the der die das dem den des le la les el los las il lo de het",
)
INDEFINITE: Final = word_list(
    "a an ein eine einen einem einer eines un une una uno een this that these every each any no kein keine",
)
OWNERS: Final = word_list(
    "my your our their his her its mein meine dein ihr ihre sein seine unser unsere mon ma votre mi su tu",
)
PLACE_PREPOSITIONS: Final = word_list(
    "in im near across nach aus en dans throughout around outside southern northern",
)
AGENT_PREPOSITIONS: Final = word_list(
    "at by from with on for of to and or von bei mit fur und oder an chez par avec pour et ou por con para y o del",
    "al da over versus vs than use using used buy visit join download",
)
PERSON_TITLES: Final = word_list(
    "mr mrs ms miss dr prof professor sir lady lord president senator governor mayor minister judge justice",
    "captain general colonel sergeant king queen prince princess sheriff officer detective rabbi pastor father",
    "sister brother aunt uncle herr frau herrn prasident kanzler ministerin richter pfarrer monsieur madame mme",
    "mlle senor senora don dona chef author writer actor actress singer director coach architect poet novelist",
    "painter",
)
CREDITS: Final = word_list(
    "photo photos photograph image images picture credit credits courtesy foto fotos bild bilder symbolbild",
    "archivbild illustration video copyright quelle source getty photographer",
)
# Given names: the commonest of the last hundred years in the languages above.
FIRST_NAMES: Final = word_list(
    "linus theo leo finn elias milan arne bjorn nils ole erik lasse anton anders henrik magnus olaf otis miles felix",
    "hector ivan igor boris dmitri sergei vladimir mikhail alexei nikolai andrei pavel jakub piotr tomasz marek",
    "mohammed muhammad ahmed ali omar hassan ibrahim yusuf fatima aisha leila priya rahul amit sanjay wei ming hiroshi",
    "kenji yuki akira naomi avery morgan riley casey tessa nora ella mila clara greta ida freya astrid solveig",
    "chloe ava abigail charlotte amelia harriet beatrice eleanor imogen edith agnes mabel oliver jasper toby rupert",
    "walt james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony",
    "mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan",
    "jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander",
    "raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan",
    "jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe",
    "jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell louis",
    "bobby philip johnny harry fred ted tim tom jim bob bill mike dave steve dan sam ben matt chris nick tony",
    "alex max luke ian graham colin neil simon martin nigel stuart trevor derek barry leon hugh ross craig dean",
    "gavin dwayne victor oscar ernest henri mary patricia jennifer linda elizabeth barbara susan jessica sarah",
    "karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah",
    "stephanie dorothy rebecca sharon laura cynthia amy kathleen angela shirley anna brenda pamela emma nicole",
    "helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie",
    "olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah",
    "jacqueline martha gloria teresa ann sara madison frances kathryn janice jean alice julia judy sophia grace",
    "denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla",
    "alexis lori taylor kate jane sue jill claire fiona zoe lucy ellen rose anne betsy penny sally hans wolfgang",
    "klaus jurgen dieter manfred uwe gunter gunther horst bernd werner karl heinz gerhard helmut rolf stefan",
    "andreas jens sven lars jorg ralf matthias markus sebastian tobias jan florian felix lukas jonas moritz",
    "philipp johannes friedrich ludwig heinrich otto emil kurt ernst fritz ursula monika petra elke sabine renate",
    "helga karin brigitte ingrid erika christa gisela susanne claudia birgit heike martina angelika ulrike katja",
    "anja silke kerstin katharina lena lea mia leonie franziska annalena pierre michel philippe alain nicolas",
    "christophe bernard laurent jacques olivier francois claude gerard sylvie isabelle martine monique francoise",
    "valerie sandrine nathalie veronique emmanuel antonio manuel francisco javier carlos jesus alejandro miguel",
    "rafael pedro pablo sergio fernando luis jorge alberto alvaro diego carmen ana isabel dolores pilar rosa",
    "cristina lucia elena mercedes paula hugo giuseppe giovanni mario luigi francesco paolo marco lorenzo matteo",
    "giulia chiara",
)
STOP_WORDS: Final = word_list(
    "the a an and or of in on at to for with from by as is are was were be been it its this that these those also",
    "may not no etc other counts count than but into about general persons person named word words thing things",
    "name names der die das und oder ein eine von im zu mit fur auf ist sind le la les et ou un une de du des en",
    "est el los las y o del al brand company firm service like magazine",
)
# Nouns at the end of the names of firms, schools, places, shows and works: "Heron Pediatrics", "Heron Street".
INSTITUTIONS: Final = word_list(
    "center centre university college academy institute school church society association foundation club council",
    "department ministry bureau office committee commission court hospital clinic museum library gallery theater",
    "theatre street avenue road lane drive boulevard square park garden gardens lake river island islands valley",
    "mountain mountains beach bay creek hill hills point county city town village airport station bridge hotel inn",
    "restaurant cafe kitchen grill bar brewery winery farm farms ranch records recordings pictures films books press",
    "news times post journal magazine review gazette herald tribune star chronicle daily weekly entertainment",
    "productions studio studios group partners capital ventures holdings investments advisors associates consulting",
    "solutions systems technologies technology labs laboratories pharma pharmaceuticals therapeutics biosciences",
    "industries manufacturing motors airlines airways aviation express logistics shipping moving movers transport",
    "insurance casualty mutual financial bancorp trust realty properties homes builders construction contractors",
    "designs design interiors collection furniture themes plugins analytics microsystems networks wireless mobile",
    "telecom energy electric power oil mining steel foods farms dairy coffee tea wine bakery pets pediatrics dental",
    "health medical wellness fitness yoga league cup championship tournament festival awards conference summit",
    "wars trek trail menu wares format fiction universitat hochschule institut verein verband stiftung strasse platz",
    "universite ecole fondation musee rue universidad fundacion calle plaza",
)
