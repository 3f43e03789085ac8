"""Given names that stand first in Western bylines: what makes a first name certain.

Common names of English, German, French, Spanish, Italian, Portuguese, Dutch and Nordic bylines. Many are surnames too
(Martin, Thomas, Paul): they are certain only before a word that is no given name at all. Names that are surnames in the
first place (Taylor, Morgan, Kelly, Lee, Kim) are left out: a missing name only costs the familiar form of the greeting.
"""

from typing import Final

from mentions.outreach.cleaning import words

GIVEN_NAMES: Final = words(
    """
    aaron abigail adam adrian adriana aileen aisha alain alan alana alba albert alberto alejandra alejandro
    alessandra alessandro alessia alessio alex alexander alexandra alexandre alexandria alexis alfonso alfred alice
    alicia alina alison allison amalia amanda amber amelia amy amélie ana anaïs anders andrea andreas andreu andrew
    andré andrés angela angelika angelina anita anja anke ann anna anne annemarie annette annika anouk anthony antje
    antoine antonella antonia antonio antony antón antónio april ariane arianna arnaud arne arthur arturo ashley
    astrid audrey aurélie aurélien austin ava barbara bastian beate beatrice beatriz ben benedikt benjamin benoît
    bernadette bernard bernd bernhard bert beth bethany betty bianca bill birgit björn bob brenda brian bridget
    brigitte britta bruno camila camilla camille carina carl carla carlo carlos carmen carolin carolina caroline
    carsten caterina catherine cathrin cecilia chantal charles charlotte chiara chloe chloé chris christa christel
    christian christiane christina christine christof christoph christophe christopher claire clara claudia claudio
    cláudia clément colin connor constance corinna corinne cristian cristiano cristina cynthia cédric céline dagmar
    damien dan daniel daniela daniele danielle danny dario dave david davide dawn debbie deborah delphine denise
    dennis derek detlef diana diane diego dieter dirk dominik dominique donald donna doris dorothea dorothy doug
    douglas duncan dylan edith eduardo edward eileen elaine eleanor elena eleonora elias elisa elisabeth elise
    elizabeth elke ella ellen emanuele emilia emily emma emmanuel emmanuelle enrico enrique eric erica erik erika
    ernesto esteban esther ethan eugene eva evan evelyn fabian fabien fabio fabrice fatima federica federico felipe
    felix fernanda fernando fiona florence florian francesca francesco francisco franck francois frank franziska
    françois françoise fred frederic frederik frieda fritz frédéric félix gabriel gabriela gabriele gabriella gareth
    gary gemma geoffrey georg george georges georgia gerald gerard gerd gerhard gianluca gianni gillian gina giorgia
    giorgio giovanna giovanni giulia giuseppe gloria gonzalo graham greg gregor gregory gudrun guido guillaume
    guillermo gunnar gustav gustavo gérard günter günther hanna hannah hannes hans harald harriet hartmut heather
    hector heidi heike heiko heiner heinrich heinz helen helena helene helga helmut henri henriette henrik henrike
    henry herbert hilary holger horst hubert hugo hélène ian ignacio ildikó ines inga inge ingo ingrid inês irene
    iris isabel isabell isabella isabelle ivan jack jacob jacqueline jacques jaime jake james jamie jan jana jane
    janet janice janina janine javier jean jeanette jeanne jeff jeffrey jenna jennifer jenny jens jeremy jessica
    jesús jill jim joachim joan joana joanna joanne jochen joe joel johan johann johanna johannes john jonas
    jonathan jorge josef josefine joseph josephine josh joshua josé joão joëlle juan juana juanita judith julia
    julian juliana juliane julie julien juliette julius justin justine jutta jérôme jörg jürgen kai karen karin
    karina karl karla karoline karsten katarina kate katharina katherine kathleen kathrin kathryn katie katja katrin
    keith kerstin kevin kirsten klaus konrad kristen kristian kristin kristina kristof kurt laetitia lara lars laura
    laurence laurent laurie leah leandro lena leo leon leonard leonie leonor leticia liam lidia lily linda lisa lise
    liz lorena lorenzo lotte louis louise luc luca lucas lucia luciano lucie lucy lucía ludovic luigi luis luisa
    luise luka lukas luke lutz lydia léa léonie maarten madeleine mads magda magdalena maja malte manfred manon
    manuel manuela mara marc marcel marcela marcello marcelo marco marcos marcus margaret margarita margit margot
    maria mariana marianne marie marina mario marion marisa marius marjorie mark markus marlene marta martha martin
    martina maría mateo mathias mathieu mathilde matilda matt matteo matthew matthias matthieu maureen maurice
    mauricio maurizio mauro max maxime maximilian maya megan melanie melissa mercedes meredith micha michael
    michaela michel michela michele michelle miguel mike mila miriam molly monica monika monique moritz mélanie
    mónica nadia nadine nadja naomi natalia natalie nathalie nathan neil nele nicholas nick nicola nicolas nicole
    niels nigel niklas nils nina noah noel noelia nora norbert núria octavia olaf olga oliver olivia olivier oscar
    ottilie otto pablo pamela paola paolo pascal pascale patrice patricia patrick patrizia paul paula pauline pedro
    penelope peter petra philip philipp philippa philippe phillip pia pierre pilar priscilla quentin rachel rafael
    raffaele raimund rainer ralf ralph ramón raphael raphaël raquel raymond raúl rebecca rebekka reinhard renata
    renate renaud renée ricardo riccardo richard rita robert roberta roberto robin rodrigo roger roland romain romy
    ron ronald rosa rosalie rosario rosemary rosie roxane rubén rupert ruth rüdiger sabine sabrina sally salvatore
    samantha samuel sandra sandrine sara sarah sascha saskia sean sebastian sergio severin shannon sharon shaun
    sheila sibylle sigrid silke silvia simon simone sina sofia sofía sonia sonja sophia sophie stefan stefania
    stefanie stefano steffen steffi stella stephan stephanie stephen steve steven stuart stéphane stéphanie sue
    susan susana susanna susanne suzanne sven svenja sylvain sylvia sylvie sébastien tamara tania tanja tara tatjana
    terence teresa tess theodor theresa theresia thibault thierry thilo thomas thorsten tilman tim timo timothy tina
    tobias todd tom tomás toni tony torben torsten trevor tristan udo ulf ulrich ulrike ursula uta ute uwe valentin
    valentina valeria valérie vanessa vera verena veronica veronika vicky victor victoria viktor viktoria vincent
    vincenzo virginia virginie viviane volker véronique walter waltraud wendy werner wiebke wilfried wilhelm will
    william wolfgang xavier yannick yolanda yves yvette yvonne zoe zoé álvaro ángel élise élodie étienne óscar
    """
)
