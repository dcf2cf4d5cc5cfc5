/** The words of the public pages in one language. */
export interface KbWords {
  readonly tag: string;
  readonly isRightToLeft?: boolean;
  readonly search: string;
  readonly searchTheArticles: string;
  readonly howCanWeHelp: string;
  readonly topics: string;
  readonly allTopics: string;
  readonly allArticles: string;
  readonly recentlyUpdated: string;
  readonly noArticlesYet: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly pages: string;
  readonly whereYouAre: string;
  readonly onThisPage: string;
  readonly skipToContent: string;
  /** `{words}` stands for what was searched. */
  readonly resultsFor: string;
  readonly noResultsFor: string;
  readonly nothingFits: string;
  readonly stillWarming: string;
  readonly wasThisHelpful: string;
  readonly yes: string;
  readonly no: string;
  readonly thanks: string;
  /** `{date}` stands for the day. */
  readonly updatedOn: string;
  readonly nothingHere: string;
  readonly noArticleAtAddress: string;
  readonly noPublicArticles: string;
  readonly busy: string;
  readonly busyText: string;
  readonly nothingNoted: string;
  readonly formTooOld: string;
  /** By plural category (Unicode CLDR); `{count}` stands for the number. */
  readonly articles: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
}

const en: KbWords = {
  tag: 'en',
  search: 'Search',
  searchTheArticles: 'Search the articles',
  howCanWeHelp: 'How can we help?',
  topics: 'Topics',
  allTopics: 'All topics',
  allArticles: 'All articles',
  recentlyUpdated: 'Recently updated',
  noArticlesYet: 'There are no articles yet.',
  previousPage: 'Previous page',
  nextPage: 'Next page',
  pages: 'Pages',
  whereYouAre: 'Where you are',
  onThisPage: 'On this page',
  skipToContent: 'Skip to the content',
  resultsFor: 'Results for “{words}”',
  noResultsFor: 'No results for “{words}”',
  nothingFits: 'Nothing fits these words. Try fewer or other ones.',
  stillWarming: 'The search has just started and does not know every article yet.',
  wasThisHelpful: 'Was this helpful?',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you. Your answer helps us to write better articles.',
  updatedOn: 'Updated {date}',
  nothingHere: 'Nothing here',
  noArticleAtAddress: 'There is no article at this address. Perhaps the search finds it.',
  noPublicArticles: 'There are no public articles here.',
  busy: 'Busy',
  busyText: 'Many people search at the moment. Try again in a few seconds.',
  nothingNoted: 'Nothing was noted',
  formTooOld: 'This page had been open for too long. Open the article again and answer there.',
  articles: { one: '{count} article', other: '{count} articles' },
};

const de: KbWords = {
  tag: 'de',
  search: 'Suchen',
  searchTheArticles: 'Artikel durchsuchen',
  howCanWeHelp: 'Wie können wir helfen?',
  topics: 'Themen',
  allTopics: 'Alle Themen',
  allArticles: 'Alle Artikel',
  recentlyUpdated: 'Zuletzt geändert',
  noArticlesYet: 'Es gibt noch keine Artikel.',
  previousPage: 'Vorige Seite',
  nextPage: 'Nächste Seite',
  pages: 'Seiten',
  whereYouAre: 'Wo Sie sind',
  onThisPage: 'Auf dieser Seite',
  skipToContent: 'Zum Inhalt springen',
  resultsFor: 'Ergebnisse für „{words}“',
  noResultsFor: 'Keine Ergebnisse für „{words}“',
  nothingFits: 'Zu diesen Wörtern passt nichts. Versuchen Sie weniger oder andere.',
  stillWarming: 'Die Suche ist eben erst gestartet und kennt noch nicht alle Artikel.',
  wasThisHelpful: 'War das hilfreich?',
  yes: 'Ja',
  no: 'Nein',
  thanks: 'Danke. Ihre Antwort hilft uns, bessere Artikel zu schreiben.',
  updatedOn: 'Geändert am {date}',
  nothingHere: 'Hier ist nichts',
  noArticleAtAddress: 'Unter dieser Adresse gibt es keinen Artikel. Vielleicht findet ihn die Suche.',
  noPublicArticles: 'Hier gibt es keine öffentlichen Artikel.',
  busy: 'Viel los',
  busyText: 'Gerade suchen viele. Versuchen Sie es in ein paar Sekunden noch einmal.',
  nothingNoted: 'Nichts wurde vermerkt',
  formTooOld: 'Diese Seite war zu lange offen. Öffnen Sie den Artikel noch einmal und antworten Sie dort.',
  articles: { one: '{count} Artikel', other: '{count} Artikel' },
};

const fr: KbWords = {
  tag: 'fr',
  search: 'Rechercher',
  searchTheArticles: 'Rechercher dans les articles',
  howCanWeHelp: 'Comment pouvons-nous vous aider ?',
  topics: 'Thèmes',
  allTopics: 'Tous les thèmes',
  allArticles: 'Tous les articles',
  recentlyUpdated: 'Mis à jour récemment',
  noArticlesYet: 'Il n’y a pas encore d’articles.',
  previousPage: 'Page précédente',
  nextPage: 'Page suivante',
  pages: 'Pages',
  whereYouAre: 'Où vous êtes',
  onThisPage: 'Sur cette page',
  skipToContent: 'Aller au contenu',
  resultsFor: 'Résultats pour « {words} »',
  noResultsFor: 'Aucun résultat pour « {words} »',
  nothingFits: 'Rien ne correspond à ces mots. Essayez-en moins, ou d’autres.',
  stillWarming: 'La recherche vient de démarrer et ne connaît pas encore tous les articles.',
  wasThisHelpful: 'Cet article vous a-t-il aidé ?',
  yes: 'Oui',
  no: 'Non',
  thanks: 'Merci. Votre réponse nous aide à écrire de meilleurs articles.',
  updatedOn: 'Mis à jour le {date}',
  nothingHere: 'Il n’y a rien ici',
  noArticleAtAddress: 'Il n’y a pas d’article à cette adresse. La recherche le trouvera peut-être.',
  noPublicArticles: 'Il n’y a pas d’articles publics ici.',
  busy: 'Occupé',
  busyText: 'Beaucoup de recherches sont en cours. Réessayez dans quelques secondes.',
  nothingNoted: 'Rien n’a été noté',
  formTooOld: 'Cette page est restée ouverte trop longtemps. Rouvrez l’article et répondez-y.',
  articles: { one: '{count} article', other: '{count} articles' },
};

const es: KbWords = {
  tag: 'es',
  search: 'Buscar',
  searchTheArticles: 'Buscar en los artículos',
  howCanWeHelp: '¿Cómo podemos ayudar?',
  topics: 'Temas',
  allTopics: 'Todos los temas',
  allArticles: 'Todos los artículos',
  recentlyUpdated: 'Actualizados hace poco',
  noArticlesYet: 'Todavía no hay artículos.',
  previousPage: 'Página anterior',
  nextPage: 'Página siguiente',
  pages: 'Páginas',
  whereYouAre: 'Dónde está',
  onThisPage: 'En esta página',
  skipToContent: 'Ir al contenido',
  resultsFor: 'Resultados de «{words}»',
  noResultsFor: 'Sin resultados de «{words}»',
  nothingFits: 'Nada encaja con estas palabras. Pruebe con menos o con otras.',
  stillWarming: 'La búsqueda acaba de empezar y aún no conoce todos los artículos.',
  wasThisHelpful: '¿Le ha servido?',
  yes: 'Sí',
  no: 'No',
  thanks: 'Gracias. Su respuesta nos ayuda a escribir mejores artículos.',
  updatedOn: 'Actualizado el {date}',
  nothingHere: 'Aquí no hay nada',
  noArticleAtAddress: 'No hay ningún artículo en esta dirección. Quizá lo encuentre la búsqueda.',
  noPublicArticles: 'Aquí no hay artículos públicos.',
  busy: 'Ocupado',
  busyText: 'Hay muchas búsquedas en este momento. Vuelva a probar en unos segundos.',
  nothingNoted: 'No se ha anotado nada',
  formTooOld: 'Esta página llevaba demasiado tiempo abierta. Abra otra vez el artículo y responda allí.',
  articles: { one: '{count} artículo', other: '{count} artículos' },
};

const it: KbWords = {
  tag: 'it',
  search: 'Cerca',
  searchTheArticles: 'Cerca negli articoli',
  howCanWeHelp: 'Come possiamo aiutare?',
  topics: 'Argomenti',
  allTopics: 'Tutti gli argomenti',
  allArticles: 'Tutti gli articoli',
  recentlyUpdated: 'Aggiornati di recente',
  noArticlesYet: 'Non ci sono ancora articoli.',
  previousPage: 'Pagina precedente',
  nextPage: 'Pagina successiva',
  pages: 'Pagine',
  whereYouAre: 'Dove si trova',
  onThisPage: 'In questa pagina',
  skipToContent: 'Vai al contenuto',
  resultsFor: 'Risultati per «{words}»',
  noResultsFor: 'Nessun risultato per «{words}»',
  nothingFits: 'Niente corrisponde a queste parole. Provi con meno parole o con altre.',
  stillWarming: 'La ricerca è appena partita e non conosce ancora tutti gli articoli.',
  wasThisHelpful: 'È stato utile?',
  yes: 'Sì',
  no: 'No',
  thanks: 'Grazie. La sua risposta ci aiuta a scrivere articoli migliori.',
  updatedOn: 'Aggiornato il {date}',
  nothingHere: 'Qui non c’è niente',
  noArticleAtAddress: 'A questo indirizzo non c’è nessun articolo. Forse lo trova la ricerca.',
  noPublicArticles: 'Qui non ci sono articoli pubblici.',
  busy: 'Occupato',
  busyText: 'In questo momento molti cercano. Riprovi tra qualche secondo.',
  nothingNoted: 'Niente è stato annotato',
  formTooOld: 'Questa pagina è rimasta aperta troppo a lungo. Riapra l’articolo e risponda lì.',
  articles: { one: '{count} articolo', other: '{count} articoli' },
};

const pt: KbWords = {
  tag: 'pt',
  search: 'Pesquisar',
  searchTheArticles: 'Pesquisar nos artigos',
  howCanWeHelp: 'Como podemos ajudar?',
  topics: 'Temas',
  allTopics: 'Todos os temas',
  allArticles: 'Todos os artigos',
  recentlyUpdated: 'Atualizados recentemente',
  noArticlesYet: 'Ainda não há artigos.',
  previousPage: 'Página anterior',
  nextPage: 'Página seguinte',
  pages: 'Páginas',
  whereYouAre: 'Onde está',
  onThisPage: 'Nesta página',
  skipToContent: 'Ir para o conteúdo',
  resultsFor: 'Resultados para “{words}”',
  noResultsFor: 'Sem resultados para “{words}”',
  nothingFits: 'Nada corresponde a estas palavras. Tente menos palavras ou outras.',
  stillWarming: 'A pesquisa acabou de começar e ainda não conhece todos os artigos.',
  wasThisHelpful: 'Isto foi útil?',
  yes: 'Sim',
  no: 'Não',
  thanks: 'Obrigado. A sua resposta ajuda-nos a escrever artigos melhores.',
  updatedOn: 'Atualizado em {date}',
  nothingHere: 'Não há nada aqui',
  noArticleAtAddress: 'Não há nenhum artigo neste endereço. Talvez a pesquisa o encontre.',
  noPublicArticles: 'Não há artigos públicos aqui.',
  busy: 'Ocupado',
  busyText: 'Há muitas pesquisas neste momento. Tente de novo dentro de alguns segundos.',
  nothingNoted: 'Nada foi anotado',
  formTooOld: 'Esta página esteve aberta demasiado tempo. Abra de novo o artigo e responda lá.',
  articles: { one: '{count} artigo', other: '{count} artigos' },
};

const nl: KbWords = {
  tag: 'nl',
  search: 'Zoeken',
  searchTheArticles: 'Zoek in de artikelen',
  howCanWeHelp: 'Hoe kunnen we helpen?',
  topics: 'Onderwerpen',
  allTopics: 'Alle onderwerpen',
  allArticles: 'Alle artikelen',
  recentlyUpdated: 'Onlangs bijgewerkt',
  noArticlesYet: 'Er zijn nog geen artikelen.',
  previousPage: 'Vorige pagina',
  nextPage: 'Volgende pagina',
  pages: 'Pagina’s',
  whereYouAre: 'Waar u bent',
  onThisPage: 'Op deze pagina',
  skipToContent: 'Naar de inhoud',
  resultsFor: 'Resultaten voor ‘{words}’',
  noResultsFor: 'Geen resultaten voor ‘{words}’',
  nothingFits: 'Niets past bij deze woorden. Probeer er minder of andere.',
  stillWarming: 'Het zoeken is net gestart en kent nog niet elk artikel.',
  wasThisHelpful: 'Was dit nuttig?',
  yes: 'Ja',
  no: 'Nee',
  thanks: 'Dank u. Uw antwoord helpt ons betere artikelen te schrijven.',
  updatedOn: 'Bijgewerkt op {date}',
  nothingHere: 'Hier is niets',
  noArticleAtAddress: 'Op dit adres staat geen artikel. Misschien vindt u het met zoeken.',
  noPublicArticles: 'Hier zijn geen openbare artikelen.',
  busy: 'Druk',
  busyText: 'Er wordt nu veel gezocht. Probeer het over een paar seconden opnieuw.',
  nothingNoted: 'Er is niets genoteerd',
  formTooOld: 'Deze pagina heeft te lang opengestaan. Open het artikel opnieuw en antwoord daar.',
  articles: { one: '{count} artikel', other: '{count} artikelen' },
};

const pl: KbWords = {
  tag: 'pl',
  search: 'Szukaj',
  searchTheArticles: 'Szukaj w artykułach',
  howCanWeHelp: 'Jak możemy pomóc?',
  topics: 'Tematy',
  allTopics: 'Wszystkie tematy',
  allArticles: 'Wszystkie artykuły',
  recentlyUpdated: 'Ostatnio zmienione',
  noArticlesYet: 'Nie ma jeszcze artykułów.',
  previousPage: 'Poprzednia strona',
  nextPage: 'Następna strona',
  pages: 'Strony',
  whereYouAre: 'Gdzie jesteś',
  onThisPage: 'Na tej stronie',
  skipToContent: 'Przejdź do treści',
  resultsFor: 'Wyniki dla „{words}”',
  noResultsFor: 'Brak wyników dla „{words}”',
  nothingFits: 'Nic nie pasuje do tych słów. Spróbuj użyć mniej słów lub innych.',
  stillWarming: 'Wyszukiwarka dopiero się uruchomiła i nie zna jeszcze wszystkich artykułów.',
  wasThisHelpful: 'Czy to było pomocne?',
  yes: 'Tak',
  no: 'Nie',
  thanks: 'Dziękujemy. Twoja odpowiedź pomaga nam pisać lepsze artykuły.',
  updatedOn: 'Zmieniono {date}',
  nothingHere: 'Tu nic nie ma',
  noArticleAtAddress: 'Pod tym adresem nie ma artykułu. Może znajdzie go wyszukiwarka.',
  noPublicArticles: 'Nie ma tu publicznych artykułów.',
  busy: 'Duży ruch',
  busyText: 'W tej chwili szuka wiele osób. Spróbuj ponownie za kilka sekund.',
  nothingNoted: 'Niczego nie zapisano',
  formTooOld: 'Ta strona była zbyt długo otwarta. Otwórz artykuł ponownie i odpowiedz tam.',
  articles: { one: '{count} artykuł', few: '{count} artykuły', other: '{count} artykułów' },
};

const ru: KbWords = {
  tag: 'ru',
  search: 'Найти',
  searchTheArticles: 'Поиск по статьям',
  howCanWeHelp: 'Чем мы можем помочь?',
  topics: 'Темы',
  allTopics: 'Все темы',
  allArticles: 'Все статьи',
  recentlyUpdated: 'Недавно обновлённые',
  noArticlesYet: 'Статей пока нет.',
  previousPage: 'Предыдущая страница',
  nextPage: 'Следующая страница',
  pages: 'Страницы',
  whereYouAre: 'Где вы находитесь',
  onThisPage: 'На этой странице',
  skipToContent: 'Перейти к содержанию',
  resultsFor: 'Результаты по запросу «{words}»',
  noResultsFor: 'По запросу «{words}» ничего нет',
  nothingFits: 'К этим словам ничего не подходит. Попробуйте меньше слов или другие.',
  stillWarming: 'Поиск только что запущен и знает ещё не все статьи.',
  wasThisHelpful: 'Статья помогла?',
  yes: 'Да',
  no: 'Нет',
  thanks: 'Спасибо. Ваш ответ поможет нам писать статьи лучше.',
  updatedOn: 'Обновлено {date}',
  nothingHere: 'Здесь ничего нет',
  noArticleAtAddress: 'По этому адресу статьи нет. Возможно, её найдёт поиск.',
  noPublicArticles: 'Здесь нет открытых статей.',
  busy: 'Много запросов',
  busyText: 'Сейчас ищут многие. Попробуйте ещё раз через несколько секунд.',
  nothingNoted: 'Ничего не записано',
  formTooOld: 'Эта страница была открыта слишком долго. Откройте статью заново и ответьте там.',
  articles: { one: '{count} статья', few: '{count} статьи', other: '{count} статей' },
};

const tr: KbWords = {
  tag: 'tr',
  search: 'Ara',
  searchTheArticles: 'Makalelerde ara',
  howCanWeHelp: 'Nasıl yardımcı olabiliriz?',
  topics: 'Konular',
  allTopics: 'Tüm konular',
  allArticles: 'Tüm makaleler',
  recentlyUpdated: 'Son güncellenenler',
  noArticlesYet: 'Henüz makale yok.',
  previousPage: 'Önceki sayfa',
  nextPage: 'Sonraki sayfa',
  pages: 'Sayfalar',
  whereYouAre: 'Bulunduğunuz yer',
  onThisPage: 'Bu sayfada',
  skipToContent: 'İçeriğe geç',
  resultsFor: '“{words}” için sonuçlar',
  noResultsFor: '“{words}” için sonuç yok',
  nothingFits: 'Bu sözcüklere uyan bir şey yok. Daha az ya da başka sözcükler deneyin.',
  stillWarming: 'Arama yeni başladı ve henüz her makaleyi bilmiyor.',
  wasThisHelpful: 'Bu yararlı oldu mu?',
  yes: 'Evet',
  no: 'Hayır',
  thanks: 'Teşekkürler. Yanıtınız daha iyi makaleler yazmamıza yardımcı oluyor.',
  updatedOn: 'Güncelleme: {date}',
  nothingHere: 'Burada bir şey yok',
  noArticleAtAddress: 'Bu adreste makale yok. Belki arama bulur.',
  noPublicArticles: 'Burada herkese açık makale yok.',
  busy: 'Yoğun',
  busyText: 'Şu anda çok kişi arıyor. Birkaç saniye sonra yeniden deneyin.',
  nothingNoted: 'Hiçbir şey kaydedilmedi',
  formTooOld: 'Bu sayfa çok uzun süre açık kaldı. Makaleyi yeniden açıp orada yanıtlayın.',
  articles: { other: '{count} makale' },
};

const ar: KbWords = {
  tag: 'ar',
  isRightToLeft: true,
  search: 'بحث',
  searchTheArticles: 'ابحث في المقالات',
  howCanWeHelp: 'كيف يمكننا المساعدة؟',
  topics: 'المواضيع',
  allTopics: 'كل المواضيع',
  allArticles: 'كل المقالات',
  recentlyUpdated: 'المحدّثة مؤخرًا',
  noArticlesYet: 'لا توجد مقالات بعد.',
  previousPage: 'الصفحة السابقة',
  nextPage: 'الصفحة التالية',
  pages: 'الصفحات',
  whereYouAre: 'مكانك',
  onThisPage: 'في هذه الصفحة',
  skipToContent: 'انتقل إلى المحتوى',
  resultsFor: 'نتائج البحث عن «{words}»',
  noResultsFor: 'لا نتائج للبحث عن «{words}»',
  nothingFits: 'لا شيء يطابق هذه الكلمات. جرّب كلمات أقل أو غيرها.',
  stillWarming: 'بدأ البحث للتو ولا يعرف كل المقالات بعد.',
  wasThisHelpful: 'هل كان هذا مفيدًا؟',
  yes: 'نعم',
  no: 'لا',
  thanks: 'شكرًا. إجابتك تساعدنا على كتابة مقالات أفضل.',
  updatedOn: 'آخر تحديث {date}',
  nothingHere: 'لا شيء هنا',
  noArticleAtAddress: 'لا توجد مقالة في هذا العنوان. ربما يجدها البحث.',
  noPublicArticles: 'لا توجد مقالات عامة هنا.',
  busy: 'ازدحام',
  busyText: 'كثيرون يبحثون الآن. حاول مرة أخرى بعد بضع ثوانٍ.',
  nothingNoted: 'لم يُسجَّل شيء',
  formTooOld: 'بقيت هذه الصفحة مفتوحة مدة طويلة. افتح المقالة من جديد وأجب هناك.',
  articles: {
    zero: 'لا مقالات',
    one: 'مقالة واحدة',
    two: 'مقالتان',
    few: '{count} مقالات',
    many: '{count} مقالة',
    other: '{count} مقالة',
  },
};

const zh: KbWords = {
  tag: 'zh',
  search: '搜索',
  searchTheArticles: '搜索文章',
  howCanWeHelp: '需要什么帮助？',
  topics: '主题',
  allTopics: '全部主题',
  allArticles: '全部文章',
  recentlyUpdated: '最近更新',
  noArticlesYet: '还没有文章。',
  previousPage: '上一页',
  nextPage: '下一页',
  pages: '页码',
  whereYouAre: '当前位置',
  onThisPage: '本页内容',
  skipToContent: '跳到正文',
  resultsFor: '“{words}”的搜索结果',
  noResultsFor: '没有“{words}”的搜索结果',
  nothingFits: '没有符合这些词的文章。请试试更少或其他的词。',
  stillWarming: '搜索刚刚启动，还没有收录所有文章。',
  wasThisHelpful: '这篇文章有帮助吗？',
  yes: '有',
  no: '没有',
  thanks: '谢谢。您的回答会帮助我们写出更好的文章。',
  updatedOn: '更新于 {date}',
  nothingHere: '这里没有内容',
  noArticleAtAddress: '这个地址没有文章。也许可以通过搜索找到。',
  noPublicArticles: '这里没有公开的文章。',
  busy: '繁忙',
  busyText: '现在搜索的人很多。请过几秒再试。',
  nothingNoted: '没有记录',
  formTooOld: '这个页面打开得太久了。请重新打开文章再回答。',
  articles: { other: '{count} 篇文章' },
};

const ja: KbWords = {
  tag: 'ja',
  search: '検索',
  searchTheArticles: '記事を検索',
  howCanWeHelp: 'どのようなご用件ですか',
  topics: 'トピック',
  allTopics: 'すべてのトピック',
  allArticles: 'すべての記事',
  recentlyUpdated: '最近の更新',
  noArticlesYet: '記事はまだありません。',
  previousPage: '前のページ',
  nextPage: '次のページ',
  pages: 'ページ',
  whereYouAre: '現在の位置',
  onThisPage: 'このページの内容',
  skipToContent: '本文へ移動',
  resultsFor: '「{words}」の検索結果',
  noResultsFor: '「{words}」に合うものはありません',
  nothingFits: 'この言葉に合う記事がありません。言葉を減らすか、変えてお試しください。',
  stillWarming: '検索は始まったばかりで、まだすべての記事を読み込んでいません。',
  wasThisHelpful: '役に立ちましたか',
  yes: 'はい',
  no: 'いいえ',
  thanks: 'ありがとうございます。よりよい記事を書くために役立てます。',
  updatedOn: '更新日 {date}',
  nothingHere: 'ここには何もありません',
  noArticleAtAddress: 'このアドレスに記事はありません。検索で見つかるかもしれません。',
  noPublicArticles: 'ここに公開されている記事はありません。',
  busy: '混み合っています',
  busyText: '現在、多くの方が検索しています。数秒後にもう一度お試しください。',
  nothingNoted: '記録されませんでした',
  formTooOld: 'このページは長い間開いたままでした。記事を開き直してからお答えください。',
  articles: { other: '{count} 件の記事' },
};

/** Every language that the public pages speak. */
export const KB_LANGUAGES: readonly KbWords[] = [en, de, fr, es, it, pt, nl, pl, ru, tr, ar, zh, ja];

/** What is spoken where nothing better is known. */
export const ENGLISH: KbWords = en;

const MOST_RANGES = 20;
const LONGEST_HEADER = 500;

/**
 * Of the languages that the browser asks for (Accept-Language, RFC 9110 section 12.5.4) the best one that we speak, or
 * null. A longer header counts up to 500 signs and 20 languages.
 */
export function wordsAskedFor(acceptLanguage: string | undefined): KbWords | null {
  const asked = (acceptLanguage ?? '')
    .slice(0, LONGEST_HEADER)
    .split(',', MOST_RANGES)
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const quality = parameters.find((one) => /^q=/i.test(one));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of asked) {
    const words = wordsIn(tag);
    if (words) return words;
  }
  return null;
}

/** The words in the language of a tag such as de or pt-BR; null if we do not speak it. */
export function wordsIn(tag: string): KbWords | null {
  const language = tag.split('-')[0]!.toLowerCase();
  return KB_LANGUAGES.find((one) => one.tag === language) ?? null;
}

/** A number of articles in words. */
export function articlesInWords(words: KbWords, count: number): string {
  const form = words.articles[new Intl.PluralRules(words.tag).select(count)] ?? words.articles.other;
  return form.replace('{count}', new Intl.NumberFormat(words.tag).format(count));
}

/** A day in words, by UTC. */
export function dayInWords(words: KbWords, day: Date): string {
  return new Intl.DateTimeFormat(words.tag, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
