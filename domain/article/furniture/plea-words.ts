/**
 * Further words of pleas, by language, in the order of BUTTON_WORDS. They are words of sentences too, so they count only
 * in a line at the end of a text that speaks to its readers.
 */
type PleaWords = {
  /** What readers are asked to do, or can do. */
  readonly acts: ReadonlySet<string>;
  /** What belongs to a publication. */
  readonly things: ReadonlySet<string>;
  /** What joins them, times and prices. */
  readonly small: ReadonlySet<string>;
  /** Words for the reader and for the publication. */
  readonly address: ReadonlySet<string>;
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

export const PLEA_WORDS: readonly PleaWords[] = [
  {
    acts: set(
      "send tell recommend rate review like react vote answer ask drop book install change adjust choose select scan hit jump skip scroll open launch stream hear head hop talk connect report flag hide dismiss accept allow request apply claim redeem renew extend cancel stop opt back fund contribute chip pledge sponsor gift order rely depend appear help hosting want need keep stay grab earn bring passing liking sent receiving getting supports help helps make fill spread remind encourage consider discuss upvote clap released explore switch save prefer reply respond swipe browse add think thought",
    ),
    things: set(
      "journalism reporting reporters journalists newsroom reader readers publication magazine archive issue issues edition editions briefing bulletin digest feedback opinion opinions question questions contribution contributions donation donations remark remarks offer gift pass code phone screen shop store merch membership supporters teachers webinar event events tickets donors colleague colleagues mailbox spam folder pictures images ads ad advert tracking cookies privacy settings details profile password answers replies reply version translation audio recording player series coffee editor editors staff team plan plans paid headlines headline stories notification reward rewards chapter chapters section sections collection guide podcasts list address topics topic data channel email emails poll survey friend hearing",
    ),
    small: set(
      "is was this's so can could may will be been being without there where when only also too very much even still ever next tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday pound pounds euro euros dollar dollars cents half price annual yearly per one two three four five first time again please today's tomorrow's week's straight right exclusive independent small little good great best quick minute seconds someone anyone else who people than how often if ended end ends member-only s t don won has have had are were do did does not but into about through over between any some every each many most by because possible freely around wrong something nothing anything up everything thanks thank yet early directly today later fewer less special just day's ok okay bad",
    ),
    address: set("you your yours our ours us"),
  },
  {
    acts: set(
      "leite leiten weiterleiten leitet sagen sag sagt schreib schreibt bewerte bewerten bestelle probiere probieren ausprobieren sichern sichere nutze nutzen helfen hilf helft wählen ändern verwalten kündigen abbestellen abstimmen mitmachen mitdiskutieren diskutiere diskutieren freuen stellen stell fragen frag hinterlasst empfiehl bleib bleiben erhalten erhältst bekommen folgt unterstützt lesbar findest findet haben hast habt möchten möchtest willst kannst können könnt spendieren spendiere laden lade melden melde lesen sehen seht hören hört finden auffallen aufgefallen tragen trag eintragen abschließen sparen spare antworten antworte wechseln wechsle fanden fand gefunden denken",
    ),
    things: set(
      "brief briefe rundbrief morgenbrief zugang meinung leser leserinnen lesern zeitung magazin ausgabe ausgaben archiv antworten hinweis hinweise fehler tipp tipps frage fragen werbung cookies rechnung monatsabo jahresabo probeabo digitalabo mitglieder mitgliedern mitgliedschaft shop termine veranstaltungen ressort kritik lob rückmeldung feedback anmeldung registrierung handy startbildschirm aufnahme hörfassung übersetzung serie reihe meldungen nachrichten kaffee redaktion team region teile teil kapitel sammlung überblick themen neuigkeiten updates eilmeldungen verteiler liste mail mails adresse kanal video thema umfrage daten",
    ),
    small: set(
      "kein keine keinen ist sind war wird werden du ihr wir ich lang lange woche wochen monate monaten jahr jahre euro cent tage tagen freitag montag dienstag mittwoch donnerstag samstag sonntag ersten erste kleinen kleine klein auch nur wieder jederzeit immer alles allem man davon darüber dazu nie ganz gerne gern weiterhin bleiben unabhängig dies das was wer wo wie so um aus nach ohne unter durch wichtigen wichtigsten weitere weiteren direkt aufs andere anderen einen etwas falsch heutige heutigen heute einfach noch ein sich",
    ),
    address: set(
      "sie dich dir ihnen uns unser unsere unseren unserem unserer ihr ihre ihren dein deine deinen du euch euer eure",
    ),
  },
  {
    acts: set(
      "faites faire envoyez envoyer dites dire donnez donner recommandez recommander notez noter essayez essayer profitez profiter aidez aider commandez commander choisissez choisir gérez gérer modifiez modifier résiliez écrivez signalez signaler posez identifiez identifier réagir désinscrire transférez transmettez offrez offrir testez tester restez rester pouvez voulez avez recevez retrouvez dit inscrit suivez téléchargez découvrez ajoutez répondez passez économisez penser pensé afficher changez",
    ),
    things: set(
      "reportage enquête enquêtes rédaction journalistes lecteurs lecteur lectrices magazine numéro numéros archives archive proches avis opinion question questions erreur coquille essai offre offres carte publicité cookies préférences profil courriels mail mails boutique agenda événements membres adhérent adhésion édition quotidien matinale version audio traduction écran téléphone rubrique infos info actualité actualités nouvelles série café région équipe chapitres feuilleton sélection dossier alertes liste adresse courriel chaîne vidéo sondage données sujet sujets réponses",
    ),
    small: set(
      "est sont êtes était encore envie offert offerts premier première jours jour ans année annuel mensuel vendredi lundi mardi mercredi jeudi samedi dimanche mai euros centimes petit petite bien toujours jamais moment tout ici davantage aussi seulement réservé rester comment quel quelle quoi qui dont entre sans chez leur leurs très autres autre tous toutes chaque simplement pas annuelle mensuelle cet cette",
    ),
    address: set("vous votre vos nous notre nos tu te ton ta tes toi"),
  },
  {
    acts: set(
      "reenvía reenvíalo reenvíe envía envíanos envíe cuéntanos cuenta dinos danos recomienda recomiéndanos recomiende valora valore prueba pruebe probar aprovecha ayúdanos ayude ayuda colabora colaborar dona donar pide pida elige elija gestiona gestione cambia modifica cancela cancelar identifícate identifíquese vota votar pregunta escribe escríbenos regala tienes puedes quieres tiene puede quiere seas eres invita invite avísanos avisa avise descubre añade añada responde responda pásate ahorra piensas pensado mostrar",
    ),
    things: set(
      "reportaje reportajes redacción periodistas lectores lector lectora lectoras revista número números archivo carta cartas opinión opiniones pregunta preguntas error errata prueba oferta donación donaciones aportación publicidad cookies preferencias perfil tienda agenda eventos socios socias edición mensual anual teléfono móvil pantalla audio traducción sección serie café región equipo capítulos capítulo noticias actualidad novedades fallo alertas selección colección lista dirección correo canal vídeo encuesta datos tema temas plan respuestas",
    ),
    small: set(
      "es está son eres aún todavía mes meses año años primer primera viernes lunes martes miércoles jueves sábado domingo euros céntimos pequeño pequeña siempre nunca momento cualquier solo sólo también antes después sin sobre entre muy bien quién qué cómo dónde cuando parte independiente independientes siendo pareció demás otros otras otro otra encontrado visto algo hoy día más simplemente anual parecido",
    ),
    address: set("tu tus te ti nos nosotros nuestro nuestra nuestros nuestras usted su sus me mi"),
  },
  {
    acts: set(
      "encaminhe encaminhar envie enviar conte conta diga dê recomende avalie avaliar experimente experimentar aproveite ajude ajudar colabore contribua contribuir doe doar peça escolha gerencie altere cancele cancelar identifique vote votar pergunte escreva presenteie tem pode quer quiser podes queres tens acharam pague avise descubra acompanhe adicione responda mude economize achou pensa mostrar basta troque",
    ),
    things: set(
      "reportagens redação jornalistas leitores leitor leitora leitoras revista edição edições arquivo carta cartas opinião opiniões pergunta perguntas erro teste oferta doação doações contribuição publicidade cookies preferências perfil loja agenda eventos sócio sócios assinantes mensal anual telefone celular telemóvel tela áudio tradução seção secção série café região equipe equipa capítulos capítulo notícias novidades falha alertas seleção coleção lista endereço email canal vídeo pesquisa dados tema temas plano respostas",
    ),
    small: set(
      "é está são ainda mês meses ano anos primeiro primeira sexta segunda terça quarta quinta feira sábado domingo euros reais centavos pequena pequeno sempre nunca momento qualquer só também antes depois sem sobre entre muito bem quem qual como onde quando independente independentes isto você vocês manhã tarde outros outras outro outra encontrou algo gente uma hoje dia mais simplesmente anual aos",
    ),
    address: set("você vocês seu sua seus suas te teu tua nos nosso nossa nossos nossas me meu minha"),
  },
  {
    acts: set(
      "تشترك جرب جربوا أرسل أرسله أرسلوا ارسله أخبرنا قيم قيموا رشح أوص ساعدنا ساعدونا ادعمنا ادعموا تبرع تبرعوا اطلب اطلبوا اختر غير ألغ إلغاء عدل عرف اسأل تصلك يصلك تريد تريدون يمكنك يمكنكم لديك لديكم صوت تعلق للتعليق حمل حملوا أبلغنا أبلغونا بلغنا تلقيت لاحظت وجدت اشتركت أعد توجيه أضف عرض رد تظن تعتقد",
    ),
    things: set(
      "تقرير تحقيق صحيفة صحيفتنا مجلة عدد أعداد أرشيف رسالة رسالتنا رأيك رأيكم آراؤكم سؤال خطأ عرض تبرع تبرعك إعلانات ملف تعريف متجر عضو أعضاء عضوية صحافة صحفيينا عملنا قراء قرائنا نسخة صوتية ترجمة هاتفك شاشة اشتراك اشتراكك لأصدقائك لأصدقائكم سلسلة حلقات أخبار جديد هاتف قهوة فريق منطقة أجزاء فصول تحديثات بقية قائمة القائمة عنوان عنوانك بريد قناة قناتنا فيديو استطلاع بيانات ردود ردا",
    ),
    small: set(
      "لم لا ليس بعد قبل شهر شهرا سنة أسبوع أسبوعيا يوم يوميا صباح صباحية مساء جمعة سبت أحد اثنين ثلاثاء أربعاء خميس صغير مستقل مستقلين متاح فقط أي وقت قد ما هي هو كان مرة أول ثم لنبقى نبقى كل بقية هذه لأن لأنك خطأ اليوم آخر لست هذا",
    ),
    address: set(
      "لك لكم لنا أنت أنتم نحن رأيك رأيكم لديك لديكم عملنا رسالتنا ساعدنا ساعدونا ادعمنا تصلك يمكنك يمكنكم أصدقائك قرائنا",
    ),
  },
  {
    acts: set(
      "העבירו שלחו ספרו דרגו המליצו נסו עזרו תרמו בחרו שנו בטלו לבטל הזמינו הזדהו שאלו דווחו הצביעו רוצים יכולים אפשר תקבלו להמשיך להישאר להגיב הורידו עקבו כתבו מצאתם קיבלת נרשמת הוסיפו חשבתם השיבו הצגת הירשמו",
    ),
    things: set(
      "מכתב עיתון מגזין גיליון ארכיון דעה דעתכם שאלה טעות מבצע תרומה תרומות פרסומות עוגיות חשבון הגדרות חנות מנויים חברות קוראים קוראינו עיתונאים עיתונאות עבודה כתבינו מערכת גרסה תרגום הקלטה טלפון מסך מינוי סדרה סדרת פרקים פרקי עדכונים קפה צוות אזור נייד אפליקציה חדשות רשימה כתובת ערוץ סרטון סקר נתונים תגובות",
    ),
    small: set(
      "לא עדיין אין יש חודש חודשים שנה שבוע יום בוקר ערב ראשון שני שלישי רביעי חמישי שישי שבת קטן קטנה עצמאי עצמאים פתוח בלבד רגע כמה מה איך גם רק תמיד אף פעם ראשונה כל שאר כאן כי הזה טעות היום עוד זה על",
    ),
    address: set("שלנו שלכם שלך אתם לכם לך לנו אותנו עלינו אלינו דעתכם אתכם אנחנו קוראינו"),
  },
];
