/**
 * Classes that publishing software gives to elements that aren't the article's text: subscribe and share buttons,
 * offers, players, and words for screen readers. Substack, Ghost, WordPress with Jetpack, Medium, Mastodon, Beehiiv.
 */
const FURNITURE =
  /(?:^|\s)(?:subscription-widget(?:-wrap)?(?:-editor)?|subscribe-widget|subscribe-prompt|button-wrapper|captioned-button-wrap|image-link-expand|embedded-post-wrap|digest-post-embed|poll-embed|kg-(?:signup|cta|email-cta|header|product|button|nft|paywall)(?:-card)?|kg-cta-sponsor-label|gh-(?:post-upgrade-cta|subscribe)\S*|post-upgrade-cta\S*|sharedaddy|sd-sharing\S*|sd-block|jp-relatedposts|jetpack-likes\S*|wp-block-(?:button|buttons|jetpack-subscriptions|social-links|jetpack-subscriptions__\S+)|wp-polls|more-link|read-more|readmore|screen-reader-text|sr-only|visually-hidden|meta-nav|feedflare|addtoany\S*|a2a_\S+|heateor\S*|social-share|share-buttons?|sharing|post-tags|tags-links|related-?posts?|related-articles|yarpp\S*|newsletter-(?:signup|form|box|widget)|mc_embed_signup|mailmunch\S*|medium-feed-link|adsbygoogle|ad-(?:container|slot|wrapper)|advertisement|sponsor-label|invisible|author-bio|author-box|about-author|author-info|post-author-\S+|wp-block-(?:post-author|post-author-biography|latest-posts|post-navigation-link|comments|read-more)|post-navigation|nav-links|entry-meta|post-meta|article-meta|breadcrumbs?|share-(?:bar|links|icons|tools)|social-(?:links|icons|buttons)|recommended-(?:articles|posts|reading)|read-(?:also|next)|newsletter-(?:cta|promo|subscribe|embed|banner|inline|block)|subscribe-(?:form|box|cta|banner)|signup-(?:form|box|cta)|donat(?:e|ion)-(?:box|cta|banner|form|widget)|paywall-(?:cta|message|prompt)|app-(?:promo|banner)|formkit-\S+|ml-form-\S+|comments-area|comments-link|print-only|cookie-\S+)(?=\s|$)/i;

export const isPageFurniture = (attributes: Readonly<Record<string, string>>): boolean =>
  (attributes.class !== undefined && FURNITURE.test(attributes.class)) ||
  attributes["data-component-name"] === "SubscribeWidgetToDOM" ||
  attributes["aria-hidden"] === "true" ||
  /^(?:navigation|search|dialog|banner|contentinfo)$/i.test(attributes.role ?? "");

/** Addresses at which a social network, or a reader's mail program, passes a page on. */
const SHARES =
  /^(?:https?:)?\/\/(?:(?:www|m|mobile|web|l)\.)?(?:facebook\.com\/(?:sharer?\b|dialog\/(?:share|feed))|(?:twitter|x)\.com\/(?:intent\/|share\b)|bsky\.app\/intent\/|threads\.(?:net|com)\/intent\/|linkedin\.com\/(?:sharing\/|shareArticle)|reddit\.com\/submit|pinterest\.[a-z]{2,3}\/pin\/create|(?:t|telegram)\.me\/share|(?:wa\.me\/|api\.whatsapp\.com\/send|whatsapp\.com\/send)\/?\?(?:.{0,40}&)?text=|news\.ycombinator\.com\/submitlink|getpocket\.com\/(?:save|edit)|share\.flipboard\.com|(?:www\.)?tumblr\.com\/(?:share|widgets\/share)|xing\.com\/spi\/shares)|^(?:mailto:\?|whatsapp:|fb-messenger:)/i;

export const isButtonAddress = (address: string): boolean => SHARES.test(address.trim());
