/**
 * Everyday words that say nearly the same, because customers and writers of articles seldom choose the same one. A line is a
 * group; a word may stand in several. ISO 639-1 code -> groups. Base forms only: they are stemmed like all words.
 */
export const groups: Readonly<Record<string, string>> = {
  en: `abort cancel stop terminate discontinue
abroad overseas international foreign
accept agree approve allow permit
access enter login log sign signin logon
accident crash collision
account profile membership
activate enable unlock
add insert include attach
additional extra more further
address location
advice recommendation guidance tip
afraid worried concerned anxious
agent representative advisor operator staff
aid assist support assistance
airplane plane aircraft flight
amend change modify edit alter update adjust correct
amount sum total
annual yearly
answer reply respond response
apartment flat
app application program software
apply request
appointment booking reservation slot
arrive come reach
article item product goods
ask inquire enquire query question
assure ensure guarantee
attachment file document
automobile car vehicle
avoid prevent
baby infant newborn child
bag suitcase luggage baggage
balance funds
ban block suspend restrict lock disable deactivate
begin start commence initiate launch
bill invoice receipt charge
birth born
blank empty
book reserve
boss manager supervisor
boy son
branch office store shop
broken damaged defective faulty broke cracked
browser chrome firefox safari
build construct make create
bug error fault problem issue trouble failure
business company firm enterprise corporate
buy purchase order
call phone telephone ring dial
cash money
cause reason
cell mobile phone smartphone cellphone
certificate diploma
charge fee cost price rate
charge debit deduct
cheap inexpensive affordable low
check verify confirm validate examine inspect test
child kid children
choose select pick
city town
claim complaint
clean wash disinfect
clear erase delete remove wipe
client customer buyer shopper user
close shut
clothes clothing garment
code pin password passcode
colleague coworker
collect gather pickup
complain complaint
complete finish finalize
component part piece
computer pc laptop notebook desktop
condition term
connect link join pair
contact reach
contagious infectious
contract agreement
conversation chat
cost price fee charge
coupon voucher promo discount code
courier carrier shipper
cover include
credit refund
currency money
damage harm hurt
danger risk hazard threat
dangerous harmful unsafe hazardous
date day
dead deceased died
decline reject refuse deny
decrease reduce lower lessen
delay late overdue
delete remove erase
deliver ship dispatch send
delivery shipping shipment dispatch
deposit payment topup
detail information info
device appliance machine unit
die death dead
differ different difference
dimension size measurement
disappear vanish missing lost
disease illness sickness
discount offer deal promotion sale reduction
dismiss close
display screen monitor
doctor physician nurse
dog pet animal
download install
drug medicine medication
earn receive gain
effective efficient
email mail
employ hire
employee worker staff personnel
employer company
employment job work
end finish expire stop
equipment gear device
error mistake fault
exchange replace swap
expensive costly
expire lapse
explain describe clarify
fail failure unsuccessful
fast quick rapid express speedy
father parent
fee charge
fetus womb unborn
fill complete
film movie
find locate
fit suitable
fix repair mend solve resolve
forward redirect
fraud scam
free complimentary
freeze hang stuck unresponsive
friend buddy
fund money
game match contest
gift present
give provide supply
global international worldwide
government authority official
guide manual instruction tutorial
guarantee warranty
handle deal manage
happen occur
hear listen
hide conceal
high tall
home house residence
hospital clinic
hotel accommodation
hour time timing
house home
hurt injure harm
ID identification identity
identical same
ill sick unwell
illegal unlawful
illness sickness disease
image picture photo photograph
immediate instant
immune immunity
important essential
improve enhance
inactive disabled
income salary wage
increase raise
infect catch contract
info information detail
inform notify tell
insurance coverage
interrupt disconnect
invalid wrong incorrect
issue problem
job work
journey trip travel
junk spam
key code
kid child
last final
late delayed
launch start
law regulation rule
lawyer attorney
leave exit depart quit
letter mail post
level tier
licence license permit
limit maximum restriction cap
link url
list catalogue catalog
lost missing stolen
mail post
maintain keep
maker manufacturer brand
mask facemask
maximum most
measure step action precaution
meal food
meaning definition
medication medicine
member subscriber
message text sms
minimum least
missing absent lost
mobile phone
money fund cash
monthly month
mother parent
move transfer relocate
name call
nation country
near close
nearby near
new recent latest
nurse caregiver
obtain receive get
often frequent
old previous former
online internet web
open start
opening hour
option choice
order purchase
outbreak epidemic pandemic
outdated old
outside outdoor
overview summary
own possess
package parcel packet
page site website
password passcode pin
patient sick
pause hold suspend
pay payment
payment transaction
pension retirement
permission authorization consent
person human individual
pet animal
photo picture
physical bodily
place location
plan scheme
plane airplane
police officer
policy rule
pool swim
pregnancy pregnant
prepare ready
price cost
print printer
privacy confidential
procedure process
prize reward winning
problem issue
profit earning
protect protection safe safeguard secure
prove proof evidence
public community
purchase buy
quality standard
quarantine isolate isolation
quick fast
quit leave
rate price
reachable available
receipt invoice
receive get obtain
recover restore regain
recruit hire
reduce lower
refund reimburse reimbursement
register signup enroll enrol registration
regular normal usual
reject decline
rely trust
remain stay
remember recall
remove delete
renew extend renewal
rent lease
repair fix
replace exchange
replacement substitute
report notify
require need
requirement condition
reset restore
return sendback
review rating feedback
reward bonus cashback
ride trip
rule regulation
safe secure
safety security
salary wage
sample example
save store
schedule timetable
school kindergarten childcare university college
score point
screen display
seat place
security safety
seller vendor merchant dealer retailer
send transfer
sensitive delicate
serious severe grave
service support
setting preference configuration option
several multiple
shift move
ship deliver
shipment parcel
shop store outlet
short brief
show display
sick ill
sign symptom
similar alike
size dimension
slow sluggish
small little
smartphone phone
solve resolve
sort type kind
speak talk
speed pace
spouse wife husband partner
spread transmit pass transmission
staff personnel
stamp postage
standard normal
start begin
state status condition
statement report
status progress track
steal theft stolen
stop end
storage space capacity
store shop
student pupil
subscription plan membership
suggest recommend
supplier vendor
support help
surname lastname
survey questionnaire
symptom sign feature
tariff plan
tax vat duty gst
teacher instructor
team group
temperature warm heat
temporary provisional
test trial try
ticket case
toilet bathroom
tool utility
topup recharge reload
track trace locate
trade exchange
train railway
transfer send move wire
travel trip journey traveler
treat treatment cure therapy
trip travel
trouble problem
truck van lorry
try attempt
turn switch
type kind
uninstall remove
update upgrade
upload attach
urgent immediate emergency
usage consumption
user member
vacation holiday
vaccine vaccination
valid correct
value worth
verify confirm verification identity
version release
video clip
view see
virus infection disease
visit visitor
voucher coupon
wage salary
wait pending
wallet purse
warranty guarantee
waste garbage trash rubbish
water liquid
weak poor
website site
weight heavy
wet damp
win winner
withdraw withdrawal cashout
work job
worker employee
write compose
wrong incorrect
zip postcode pincode postal
able possible capable
alone myself themselves
alternative substitute
anniversary birthday
anonymous unnamed
author writer
automatic automated
available stock
bad poor terrible
barcode qr
beginner newcomer starter
big large huge great
block stop
body corpse
border frontier customs
bring carry
button key
cable cord wire
calendar schedule
camera webcam
capacity volume
careful cautious precaution
chance likelihood probability
charger adapter
charity donation
chip microchip
cold flu
comfortable cosy
comment remark note
common usual frequent
compare comparison
compensation reimbursement
complicated difficult complex hard
compulsory mandatory obligatory required
concern worry
conference meeting
confirmed proven
consequence effect result impact
consult advise
contaminate infect
copy duplicate
corona coronavirus covid
correct right
criminal illegal
customs duty tariff
daily everyday
data information
deadline cutoff
death fatality
decide determine
deserve earn
destination target
detect find recognize recognise
diagnose detect
direction route
disabled handicapped
distance mile kilometre
donate give
drop fall
duration length period
duty obligation
easy simple
effect impact influence
elderly old senior
eligible entitled qualify
event occasion
everyone everybody
exact precise
exceed surpass
expect anticipate
experience knowledge
expert specialist professional
export download
external outside
factory plant
fake counterfeit duplicate genuine original
false wrong fake
family relative household
fever temperature
finger hand
fire dismiss
flavour taste flavor
folder directory
follow track
food nutrition
fuel petrol gas
funeral burial
gather meet
genuine original authentic real
glad happy
goal target aim objective
grow increase gain
gym fitness workout exercise
half semi
hand palm
healthy fit
heat warm hot
heavy strong
height tall
hire rent
holder owner
hospital ward
hurry rush
icon symbol logo
ideal perfect
import bring
incident event
individual single
infant toddler
initial first
injury wound
inside within internal
instalment installment emi
interest rate
interview meeting
invite invitation
jump skip
keyboard keypad
kill destroy
know aware
label tag sticker
lack shortage
language translation
largest biggest
legal lawful
length long duration
lesson course class
liable responsible
light lamp bulb
live reside
loan credit mortgage
logout signout
lorry truck
loud noisy
lung respiratory
magazine newspaper
main primary
market trade
marriage wedding
mattress bed
menu navigation
microphone mic
modem router
motor engine
mouth oral
multiple several many
mute silence
nervous anxious
network wifi wireless
news update
noise sound
notice notification alert
number digit figure
odd strange weird
officer official
operate run function
origin source
outage downtime
owner holder
page sheet
pain ache
parent mother father
park garage
party celebration
percentage share
perform execute
period duration
permanent lasting
pick collect
pill tablet capsule
popular famous
portion part share
possible likely
power electricity
practice exercise
prefer favour
presence attendance
present show
pressure stress
print paper
product item
professional expert
proper correct
provider operator carrier
pull drag
qualify eligible
quantity amount
query question
queue line
reach contact
react respond
reason cause
recipient addressee
recycle dispose
region area zone
related regarding concerning
reliable trustworthy
remain leftover
reminder notice
remote distance
reply response
represent stand
reside live
responsibility duty
risk danger vulnerable
roof ceiling
room space
round circle
safe vault
sanitizer disinfectant soap
satisfied happy
save reduce
scan read
scarf clothing
search find
section chapter part
select choose
separate individual
server host
settle pay
sewage sewerage wastewater
shape form
share split
signature sign
silent quiet mute
site location
skin dermal
sleep rest
smell odour odor
social community
soft gentle
sore painful
space room
spam junk
special particular
spread diffuse
stable steady
stain mark
stigma blame discrimination
stomach belly
strange unusual
street road
strong powerful
stuck blocked
style design
subject topic
success successful
sudden unexpected
suffer experience
supplement vitamin multivitamin
surgery operation
suspect suspicious
sync synchronise synchronize
tablet pad
talk chat
team staff
technician engineer
teenager youth
text wording
theme topic
thin slim
tired exhausted
tool instrument
touch contact
tourist traveler visitor
town village
transaction transfer payment
translate interpretation
transport carry transportation
trusted reliable
twice double
ugly unattractive
undo revert
uniform dress
unique sole
unlimited endless
unsubscribe optout
upset angry unhappy
vehicle car bus
venue location
victim sufferer
vision sight eyesight
volume loudness
volunteer helper
vulnerable risk
warn alert
warning alert
watch see
weather climate
weekly week
wheel tyre tire
whole entire complete
wide broad
winner champion
wire cable
wish desire
workout training
worldwide global
year annual
young juvenile`,
  de: `abbrechen stornieren widerrufen kündigen
Abo Abonnement Vertrag
Absage Ablehnung
abholen abgeholt
ablehnen verweigern zurückweisen
Adresse Anschrift
aktualisieren updaten erneuern Aktualisierung Update
aktivieren freischalten einschalten
alt älter Senioren
Amt Behörde
ändern bearbeiten wechseln anpassen umstellen Änderung
anfangen beginnen starten
Angebot Aktion Rabatt
Angestellte Mitarbeiter Beschäftigte Arbeitnehmer Personal
Angst Sorge Furcht
Anhang Anlage Datei
anmelden einloggen registrieren Anmeldung Login Registrierung
anrufen telefonieren Anruf Telefon
anschauen ansehen
anstecken infizieren Ansteckung Infektion übertragen Übertragung
ansteckend infektiös
Antrag beantragen Anfrage
antworten Antwort Rückmeldung reagieren
Anweisung Anleitung Handbuch
Anzeichen Symptom Zeichen Beschwerden
Apotheke Arznei
App Anwendung Programm Software
Arbeit Job Beruf Beschäftigung
Arbeitgeber Firma Betrieb Unternehmen
Arzt Doktor Mediziner Hausarzt
Artikel Produkt Ware
auflösen beenden schließen
aufhören enden beenden stoppen
ausfallen Ausfall Störung
Ausland Reise
Auto Wagen Fahrzeug PKW
Baby Säugling Neugeborenes
Bahn Zug
bekommen erhalten kriegen
Beleg Quittung Rechnung Bon
benachrichtigen informieren mitteilen
benutzen nutzen verwenden gebrauchen
Benutzer Nutzer Anwender
Benutzername Login
Bescheinigung Nachweis Bestätigung Zertifikat
beschädigt kaputt defekt
bestätigen verifizieren prüfen
bestellen kaufen ordern Bestellung Kauf Auftrag
bezahlen zahlen überweisen Bezahlung Zahlung Überweisung
Bild Foto
Bildschirm Monitor Display
billig günstig preiswert
Brief Schreiben Post
Büro Geschäftsstelle Filiale
Chef Vorgesetzter
Code Pin Kennwort Passwort
Computer PC Rechner Laptop
Corona Coronavirus Covid
Daten Angaben Informationen
Dauer Zeitraum Länge
dringend eilig sofort
drucken Drucker
Einkommen Gehalt Lohn Verdienst
einkaufen Einkauf Supermarkt
einrichten installieren konfigurieren Einrichtung Installation
Einstellung Option Konfiguration
empfehlen raten Empfehlung Rat Tipp
entfernen löschen
Epidemie Pandemie Ausbruch Seuche
erklären erläutern
erkranken krank Krankheit Erkrankung
Erlaubnis Genehmigung
erlaubt zulässig gestattet
ersetzen austauschen umtauschen Ersatz Austausch Umtausch
erstatten zurückzahlen Erstattung Rückzahlung Rückerstattung
Essen Lebensmittel Nahrung
Familie Angehörige Verwandte
Fehler Problem Störung Panne
Fernseher TV
Fieber Temperatur
finden suchen
fliegen Flug Flugzeug
Frage Anfrage
Frau weiblich
Freund Bekannter
früh zeitig
funktionieren gehen laufen
Garantie Gewährleistung
Gebühr Kosten Preis Entgelt
Gefahr Risiko
gefährdet Risikogruppe
gefährlich riskant
Geld Betrag Guthaben
Gerät Maschine
Geschäft Laden
Geschenk Gutschein
Gesetz Recht Regelung Vorschrift
gesund Gesundheit
groß hoch
Guthaben Saldo Kontostand
Gutschein Coupon Rabattcode
Handy Smartphone Mobiltelefon
Haus Wohnung
Haustier Tier Hund Katze
heilen behandeln Behandlung Therapie
helfen unterstützen Hilfe Unterstützung Support
Heim Zuhause
Impfung impfen Impfstoff
Internet Online Netz
Kind Kinder Sohn Tochter
Kita Kindergarten Kindertagesstätte
Klinik Krankenhaus Spital
Konto Account Profil
kontaktieren erreichen Kontakt
Kosten Preis
kostenlos gratis umsonst
Kunde Käufer Auftraggeber
Kurier Paketdienst Spediteur
Kurzarbeit Kurzarbeitergeld
langsam träge
lernen üben
liefern versenden zustellen Lieferung Versand Zustellung Sendung
Mail E-Mail
Maske Mundschutz Schutzmaske
Medikament Arzneimittel Arznei
melden Meldung anzeigen
Menschen Personen Leute
Miete Mieter
Mutter Vater Eltern
nachverfolgen verfolgen Sendungsverfolgung
Nachricht Mitteilung
neu aktuell
öffnen aufmachen
Öffnungszeiten Geschäftszeiten
Paket Sendung Päckchen
Pass Ausweis
Passwort Kennwort
Patient Kranker
Pflicht verpflichtet müssen
PLZ Postleitzahl
Quarantäne Isolation Isolierung
reinigen putzen desinfizieren waschen säubern
Reise Urlaub Ferien Fahrt
Reklamation Beschwerde Mangel
Reparatur reparieren instandsetzen
Rente Pension
retournieren zurückschicken zurücksenden Retoure Rücksendung
schicken senden
schlimm schwer ernst
Schluss Ende
schnell rasch zügig
schützen vorbeugen Schutz Vorbeugung
schwanger Schwangerschaft Schwangere
schwierig kompliziert
Schule Unterricht Universität
Seite Webseite Website
Sicherheit sicher
speichern sichern
sperren blockieren Sperre
Sprache Übersetzung
Staat Land
Stadt Ort Gemeinde
Stelle Arbeitsplatz
sterben Tod tot verstorben
Steuer Finanzamt
Stimme Ton
Strafe Bußgeld
Studium Student
teuer kostspielig
Termin Buchung Reservierung
testen Test untersuchen Untersuchung
Tarif Paket
überprüfen kontrollieren prüfen
umziehen Umzug
Unterlagen Dokument
unterschreiben Unterschrift
Unterschied unterscheiden
Ursache Grund
Veranstaltung Event Konzert
verbieten Verbot verboten
verbreiten ausbreiten Verbreitung Ausbreitung
verhalten handeln
verhindern vermeiden
verlängern Verlängerung
verloren verschwunden weg
verschieben verlegen
Versicherung versichert
verspätet Verspätung Verzögerung
vergessen verloren
vorsorgen Vorsorge
Virus Erreger
wählen auswählen
warnen Warnung
warten Wartezeit
wichtig wesentlich
wiederherstellen zurücksetzen
Wohnsitz Adresse
Zeit Dauer Uhrzeit
zusätzlich weitere extra`,
  es: `acceder entrar ingresar acceso
actualizar actualización renovar
anular cancelar
avería fallo error problema
ayuda soporte asistencia
banco cuenta
barato económico
borrar eliminar suprimir
cambiar modificar editar
cargo cobro
celular móvil teléfono
cerrar finalizar terminar
clave contraseña
coche automóvil vehículo
comprar adquirir compra pedido
comenzar empezar iniciar
computadora ordenador
contactar llamar
correo email
costo coste precio tarifa
dañado roto defectuoso
descargar bajar
descuento cupón promoción
devolver reembolsar devolución reembolso
dinero importe
dirección domicilio
empleado trabajador personal
empleo trabajo
empresa compañía
enfermedad dolencia
entrega envío
enviar mandar
factura recibo
foto imagen
garantía
gratis gratuito
ordenar pedir
pagar abonar pago
paquete envío
pregunta consulta duda
queja reclamación
rápido veloz
registrar inscribir registro
reparar arreglar
tienda comercio
vacaciones viaje`,
  fr: `abonnement forfait
accéder connexion connecter accès
achat acheter commande commander
adresse domicile
aide assistance support
ajouter insérer
annuler résilier annulation résiliation
appeler téléphoner contacter
argent montant
avion vol
bloquer verrouiller
bon coupon réduction promotion
cassé endommagé défectueux
changer modifier éditer
code mot
colis paquet
compte profil
courriel mail email
coût prix tarif frais
employé salarié personnel
emploi travail
entreprise société
envoyer expédier
erreur problème panne défaut
facture reçu
fermer terminer
gratuit offert
image photo
installer configurer
livraison envoi expédition
magasin boutique
maladie
médecin docteur
mettre
ordinateur pc
payer régler paiement règlement
portable mobile téléphone
question demande
rapide vite
recevoir obtenir
réclamation plainte
remboursement rembourser
réparer dépanner
retour retourner renvoyer
supprimer effacer
vacances voyage
voiture véhicule`,
};
