import type { RoleWords } from "./role.ts";

export const FRENCH: RoleWords = {
  asks: "abonnez abonne abonner inscrivez inscrire inscris cliquez cliquer clique connectez connecter partagez partager partage télécharg* installez transférez suivez donnez désabonn* désinscri* commentez likez likes imprimer enregistrez activez rejoignez retrouvez soutenez notez recommandez",
  mayAsk:
    "lire lisez lis lisent lit continuer continuez poursuivre poursuivez voir voyez regardez regarder écoutez écouter consulter consultez découvrez découvrir ouvrir ouvrez laissez laisser écrivez écrire envoyez dites dis parlez parlons parler faites faire passer donner offrez profitez aidez venez devenez recevez recevoir choisissez gérez modifiez ajoutez accepter acceptez autorisez signalez prévenez réagissez réagir débattez votez testez essayez commandez achetez obtenez restez rater manquer ratez manquez plaît plu aimez aimé appréciez pensez voulez souhaitez avez savoir identifiez rejoindre soutenir suivre oubliez afficher masquer demandez répondre répondez merci envie préférez plutôt touchons besoin vit discutent discuter existerait prochaine créer connaître cloche envoyer paraît paraît",
  channel:
    "newsletter newsletters infolettre infolettres mail mails e-mail e-mails email courriel courriels appli applis application notification notifications alerte alertes chaîne chaînes whatsapp telegram signal facebook instagram tiktok youtube twitter mastodon bluesky threads linkedin reddit discord spotify flux rss réseaux sociaux tweet tweets direct",
  device:
    "lien liens bouton compte site navigateur téléphone mobile adresse messages lecteur paramètres onglet store play google apple android ios lettre boîte",
  piece:
    "article articles texte textes billet récit reportage reportages sujet épisode épisodes podcast podcasts vidéo vidéos entretien interview contenu contenus édition numéro page chronique tribune enquête enquêtes dossier audio série suite intégralité entier complet complète reste description version émission résumé tweet carte tableau analyse extrait extraits entretiens numéros",
  house:
    "rédaction équipe magazine journal média médias blog site éditeur journalisme journalistes revue archives indépendant* presse studio rubrique",
  readers:
    "commentaire commentaires réponse réponses réaction réactions discussion conversation débat forum lecteur lecteurs lectrice lectrices abonné abonnés abonnée abonnées membre membres adhérent* soutien soutiens donateur* auditeurs ami amis amie proches entourage avis opinion opinions question questions remarque points votes vues partages j'aime participants communauté étoiles mot bouche oreille",
  money:
    "gratuit* offert* essai mois abonnement abonnements offre offres don dons promo code réduction prix euro euros café commission part engagement payant* premium adhésion cadeau annuel mensuel tarif soutenir gagner achats achetez réservé réservée inscription pourcentage ventes vente achat produits cotisation financement finance soutien gagnons gagne",
  rules:
    "droits réservés reproduction reproduit reproduite republié autorisation accord licence copyright mentions légales confidentialité cookies cookie traceurs conditions charte erreur erreurs coquille faute correction corrections rectificatif déontologie interdite interdit consentement affiliation affiliés écrit marqués astérisque copie copier autorisé",
  cookies: "cookies cookie traceurs consentement javascript",
  maker:
    "photo photos photographie* crédit crédits image images illustration* infographie légende journaliste correspondant* rédacteur rédactrice auteur auteure autrice réalisé réalisation production montage musique traduction traduit texte textes propos recueillis dr afp reuters sipa getty collaboration photographe envoyé spécial présenté mixage couvre écrit dirige signé envoyée spéciale rédigé dessin dessins",
  origin:
    "publié publiée paru parue paraît originale origine initialement abord première premier précédente version repris reproduit aimable avant-première lu",
  more: "aussi également plus lire voir suite thème similaires liés recommandé* récents derniers dernières populaires lus lus consultés tendances une rater manquer ailleurs loin découvrir autres sélection conseillons précédent suivant précédemment dossier moment archives",
  machine:
    "ia intelligence artificielle généré générée générés automatique* automatiquement machine synthèse synthétique résumé voix audio écouter robot points clés essentiel produite écoute",
  state:
    "indisponible fermé fermés fermée fermées désactivé* bloqué bloquée chargement charge supprimé vide expiré modéré clos aucun aucune",
  ad: "publicité publicités pub annonce annonces sponsorisé* sponsor sponsors partenaire partenaires partenariat parrainé* annonceur reprend suite continue",
  length: "min minute minutes lecture temps mots environ durée",
  us: "nous notre nos on",
  you: "vous votre vos tu te ton ta tes toi",
  this: "ce cet cette ces ci ici dessous dessus",
  not: "pas ne n' rien aucun aucune jamais sans non",
  time: "jour jours semaine semaines mois matin matins soir aujourd'hui maintenant bientôt demain lundi mardi mercredi jeudi vendredi samedi dimanche chaque heure heures quotidien* hebdomadaire mis jour janvier février mars avril mai juin juillet août septembre octobre novembre décembre prochaine prochain",
  be: "est sont a ont",
  was: "était étaient fut avait avaient été eut",
  tells:
    "elle ils elles lui dit dit-il a-t-il fit fallait pouvait voulait vint alla prit vit vivait mourut né née police tribunal ministre homme femme hommes parce car tandis depuis pendant dont où puis selon alors quand auriez",
  small:
    "le la les l' un une des d' du de et ou mais à au aux en dans sur pour par avec via chez s' c' est sont a ont être qu' que qui quoi comment si tout tous toutes toute bonjour très bien petit petite nouveau nouvelle nouveaux directement ça cela mieux peu faire plutôt là voilà fait vers y même autre autres ensemble chose disponible disponibles accessible importe deux trois quatre cinq six sept huit neuf dix onze douze cent mille personne doit doivent peut peuvent seul seuls seule environ auprès utile intéressant spécial spéciale supplémentaire venir vient va aller long court tôt tard sûr beaucoup moins plusieurs propre voix haute dès reprend continue voici son sa ses leur leurs je j m' mon ma mes moi il",
};
