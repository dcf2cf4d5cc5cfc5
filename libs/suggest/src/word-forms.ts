/** English forms that no suffix rule leads back to their base, and shorthand of chats: base, then its forms. */
const english = `account acc acct|address addr|amount amt|because bcoz bcz cuz|message msg|number num
  password pwd passwd|people ppl|picture pic|please pls plz plss plzz|quantity qty|reply rply|tomorrow tmrw|thank thanks thx thanx tnx thankyou
  transaction txn|you u|your ur|with wid|what wat wht|child children|man men|woman women|person people|foot feet|tooth teeth|mouse mice|goose geese|life lives|wife wives
  knife knives|shelf shelves|half halves|leaf leaves|loaf loaves|self selves|thief thieves|datum data|medium media
  become became|begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
  breed bred|bring brought|build built|buy bought|catch caught|choose chose chosen|deal dealt|dig dug|draw drew drawn
  drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|fly flew flown
  forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|give gave given|grow grew grown|hang hung
  hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|lose lost
  make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen
  sell sold|send sent|shake shook shaken|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk
  sleep slept|slide slid|speak spoke spoken|spend spent|stand stood|steal stole stolen|stick stuck|strike struck
  swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told
  think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|withdraw withdrew withdrawn
  write wrote written`;

/** Form -> base. */
const bases: ReadonlyMap<string, string> = new Map(
  english.split(/\||\n/).flatMap((group) => {
    const [base = '', ...forms] = group.trim().split(' ');
    return forms.map((form) => [form, base] as const);
  }),
);

/** The base of an irregular form ("children" -> "child") and of shorthand, any other word as it is. English only. */
export function regularForm(word: string, language: string): string {
  return language === 'en' ? (bases.get(word) ?? word) : word;
}
