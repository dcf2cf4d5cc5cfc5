import { foldDiacritics } from './folding.ts';

/** Function words: they say little about the matter, and much about the language. ISO 639-1 code -> words. */
const lists: Readonly<Record<string, string>> = {
  en: `a about after all also am an and any are as at be been before being but by can could did do does doing for from
    had has have having he her here hers him his how i if in into is it its just me might more most must my no nor not
    now of off on once only or other our ours out over own shall she should so some such than that the their theirs them
    then there these they this those through to too under until up very was we were what when where which while who whom
    whose why will with would you your yours im ive id dont doesnt didnt cant isnt wasnt wont u ur please hi hello dear
    sir madam thanks thank get gets got getting go need know want wants like use used make made take back come came people
    someone something anyone help find tell give see try still already another way thing things much many long`,
  de: `aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei
    beim bin bis bist da dadurch dafür damit dann das dass daß dazu dein deine dem den denn der des dich die dies diese
    diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen
    gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins
    ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner können könnte man manche mein meine
    meinem meinen meiner mich mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem
    seinen seiner selbst sich sie sind so solche soll sollen sollte sollten sondern sonst über um und uns unser unsere
    unter viel viele vom von vor wann war waren warum was weg weil weiter welche welchem welchen welcher welches wenn wer
    werde werden wie wieder will wir wird wirst wo wohin wollen worden wurde wurden würde zu zum zur zwar zwischen hallo
    bitte danke guten tag liebe lieber geehrte geehrter`,
  fr: `à ai aie alors as au aucun aussi autre aux avec avoir avez avons ce cela ces cet cette ceux chez ci comme comment
    dans de des donc du elle elles en encore entre es est et étaient était été être eu eux faire fait fut il ils j je l
    la là le les leur leurs lui m ma mais me même mes moi mon n ne ni nos notre nous on ont or ou où par pas peut peuvent
    plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous suis sur t
    ta te tes toi ton tous tout toute toutes très tu un une vos votre vous y bonjour merci`,
  es: `a al algo algún alguna algunas algunos ante antes aquel aquella como cómo con contra cuál cuáles cual cuales
    cuando cuándo cuánto cuánta cuántos cuántas de del desde donde dónde durante e el él ella ellas ellos en entre era
    eran es esa esas ese eso esos esta está estaba están estar estas este esto estos estoy fue fueron ha había han hasta
    hay he la las le les lo los más me mi mis mucho muy nada ni no nos nosotros o os otra otras otro otros para pero poco
    por porque puede pueden puedo que qué quien quién quienes se sea según ser si sí sido sin sobre son soy su sus
    también tan tanto te tengo tiene tienen todo todos tras tu tus un una unas uno unos usted ustedes y ya yo hola
    gracias`,
  it: `a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci come con contro cosa cui da dagli dai dal
    dalla dalle dei degli del della delle dello di dove e è ed era erano essere fa fra gli ha hanno ho i il in io l la le
    lei li lo loro lui ma me mi mia mie miei mio ne negli nei nel nella nelle nello noi non nostra nostro o per perché
    però più può qual quale quali quando quanta quante quanti quanto quella quelle quelli quello questa queste questi
    questo sarà se sei si sia siamo sono sta stato su sua sue sugli sui sul sulla suo suoi te ti tra tu tua tuo tutti
    tutto un una uno vi voi vostra vostro ciao buongiorno grazie`,
  pt: `a ao aos aquela aquele aquilo as até com como da das de dela dele deles depois do dos e é ela elas ele eles em
    entre era eram essa esse esta está estão este eu foi for foram há isso isto já lhe lhes mais mas me mesmo meu meus
    minha minhas muito na não nas nem no nos nós nossa nosso num numa o onde os ou para pela pelas pelo pelos por porque
    posso pode qual quais quando quanto quantos que quem se sem ser será seu seus só sua suas também te tem tenho ter têm
    todo todos tu um uma umas uns você vocês olá obrigado obrigada`,
  nl: `aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen
    geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jouw kan kon kunnen maar me
    meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen
    tot u uit uw van veel voor waar waarom wanneer want waren was wat welke werd wezen wie wij wil worden wordt zal ze
    zelf zich zij zijn zo zonder zou hallo bedankt graag`,
  sv: `alla allt än är att av bara blev bli blir då de dem den denna deras dess det detta dig din dina ditt du där efter
    ej eller en er era ett från för ha hade han hans har hen henne hennes här hon honom hur i icke in ingen inom inte jag
    ju kan kunde man med mellan men mig min mina mitt mot mycket ni nu när någon något några och om oss på så sig sin
    sina sitt ska skulle som till under upp ut utan vad var vara varför vart vem vi vid vilka vilken vilket vår hej tack`,
  da: `af alle alt at blev blive bliver da de dem den denne der deres det dette dig din dine disse dog du efter eller en
    end er et for fra ham han hans har havde hende hendes her hos hun hvad hvem hvilken hvis hvor hvordan hvorfor hvornår
    i ikke ind jeg jer kan kunne man mange med meget men mig min mine mit mod når nu noget nogle og også om op os over på
    sådan så selv sig sin sine sit skal skulle som thi til ud under var være vi vil ville vor hej tak`,
  no: `alle at av bare begge ble blei bli blir da de deg dei dem den denne der dere deres det dette di din disse du eller
    en enn er et ett etter for fordi fra før ha hadde han hans har hennes her hun hva hvem hver hvilken hvis hvor hvordan
    hvorfor i ikke inn jeg kan kom kunne man mange med meg men mer min mitt mot når nå noe noen og også om opp oss over på
    så seg selv sin sine sitt skal skulle slik som til ut under var være vi vil ville vår hei takk`,
  fi: `ei eivät emme en että ette hän häntä he heidän heille hyvin ja johon joiden joita joka jos jotka jota kanssa kai
    koska kuin kuinka kuka kun me mihin mikä miksi mille milloin minkä minua minulla minulle minun minä missä mistä mitä
    mitkä miten mutta myös ne niiden niin niitä nyt nämä ole olen olet oli olisi olivat olla on onko ovat se sekä sen
    siitä siinä sille sillä sinä sinun sitten sitä siksi tai te teidän tämä tämän tässä tätä vaan vai vaikka voi voiko
    voinko hei kiitos`,
  tr: `acaba ama aslında az bana bazı belki ben beni benim bir biraz biri birkaç biz bize bizi bizim bu buna bunda bundan
    bunlar bunu bunun burada çok çünkü da daha dahi de defa değil diye edilen en fakat gibi hangi hangisi hani hem hep
    hepsi her hiç için ile ise işte ya kaç kadar ki kim kimin kimi kime mı mi mu mü nasıl ne neden nedir nelerdir nerede
    nereye neler niçin niye o olan olarak oldu olduğu olur on ona onda ondan onlar onların onu onun oysa öyle pek rağmen
    sadece sanki sen seni senin siz size sizi sizin sonra şey şu şunu tüm üzere var ve veya vardır yani yapılan yok
    merhaba lütfen teşekkürler`,
  ru: `а без более бы был была были было быть в вам вас во вот все всё всего всех вы где да даже для до его ее её если
    есть еще ещё же за здесь и из или им их к как какая какие какое какой каком какую ко когда кого который которая
    которые кто куда ли либо мне много может можно мой моя мы на над надо нам нас наш не него нее ней нельзя нет ни них
    но ну о об один она они оно от по под после почему при про с сам свой себе себя со сколько так также такой там те тем
    то того тоже той только том тот ту ты у уже хотя чего чей чем что чтобы чье эта эти это этого этой этом этот я
    здравствуйте спасибо пожалуйста`,
  uk: `а але б без би бо був була були було бути в вам вас ви від він вона вони воно все всі да де для до його її є ж за з
    зі і із або й їх як яка яке який які коли кого хто куди мені ми мій моя на над нам нас наш не ні них но о об один от
    по під після при про сам свій себе скільки так також там те тим то того тоді той тому тут ти у уже хоч чи чого чому
    що щоб це цей ця ці я дякую`,
  pl: `a aby ale albo bardzo bez bo by być był była było były bym ci co czy dla do gdy gdzie go i ich ile im ja jak jaka
    jaki jakie je jego jej jest jestem jeszcze jeśli już każdy kiedy kto która które którego której który ma mam mi mnie
    może mogę można mój moja moje my na nad nam nas nasz nic nie nim niż o od on ona one oni oraz po pod przed przez przy
    się są swój ta tak także tam te tego tej ten też to tu tych tylko tym u w was wy we z za ze że dziękuję proszę`,
  cs: `a aby aj ale ani ano asi až bez bude budem budou by byl byla byli bylo být co což či dnes do ho i já jak jako je
    jeho jej její jejich jen ještě již jsem jsme jsou jste k kam kde kdo když která které který kteří ku ma máte mě mezi mi
    mít mně můj může my na nad nám nás náš ne nebo nebyl než nic ní o od on ona oni ono pak po pod podle pokud pouze pro
    proč proto před při s se si sice svůj ta tak také takže tam tato te tě tedy ten tento to tohle toho tom tomu tu ty u už
    v ve vám vás více však vy z za ze že děkuji prosím`,
  ar: `في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا متى أين كيف كم لماذا هل هو هي هم هن أنا نحن أنت كان كانت
    يكون تكون أن إن لا لم لن قد ثم أو و ف ب ل كل بعض غير بين عند بعد قبل حتى إذا أي أية الى او ان لقد كما حيث منذ خلال
    ضد حول دون سوى له لها لهم به بها فيه فيها منه منها عليه عليها`,
  zh: `的 了 是 在 和 有 我 你 他 她 它 们 我们 你们 他们 这 那 这个 那个 哪 哪个 哪些 哪里 什么 怎么 怎样 为什么 谁 多少 几 吗 呢
    吧 啊 不 没 没有 也 都 就 还 又 与 及 或 但 而 因为 所以 如果 被 把 对 从 到 向 于 以 为 之 其 中 上 下 个 一个 一种 请 请问 会 能
    可以 要 想 很 最 更 何 何时 何地 哪 年`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また
    もの という あり まで られ なる へ か だ これ によって により おり より による ず なり られる において ば なかっ なく しかし について
    だっ でき それ う ので なお のみ できる き つ における および いう さらに でも です ます ください どう どこ 何 いつ なぜ`,
  th: `ที่ และ ใน เป็น ของ ได้ ให้ มี ว่า ไม่ จะ การ กับ ก็ นี้ จาก แล้ว อยู่ ต้อง ไป มา คือ แต่ หรือ โดย ถ้า ผม ฉัน เรา คุณ เขา อะไร อย่างไร
    ทำไม ไหน เมื่อไร ครับ ค่ะ คะ`,
};

const foldedSets = new Map<string, ReadonlySet<string>>();

/** The languages whose function words are known, as ISO 639-1 codes. */
export const stopWordLanguages: readonly string[] = Object.keys(lists);

/** Function words of a language, lower case and without accents; empty for a language that has no list. */
export function stopWordsOf(language: string): ReadonlySet<string> {
  let set = foldedSets.get(language);
  if (!set) {
    const list = Object.hasOwn(lists, language) ? (lists[language] ?? '') : '';
    set = new Set(list.split(/\s+/).filter(Boolean).map(foldDiacritics));
    foldedSets.set(language, set);
  }
  return set;
}
