/**
 * Classes that publishing software gives to elements that aren't the article's text: subscribe and share buttons,
 * offers, players, and words for screen readers. Substack, Ghost, WordPress with Jetpack, Medium, Mastodon, Beehiiv.
 */
const FURNITURE =
  /(?:^|\s)(?:subscription-widget(?:-wrap)?(?:-editor)?|subscribe-widget|subscribe-prompt|button-wrapper|captioned-button-wrap|image-link-expand|embedded-post-wrap|digest-post-embed|poll-embed|kg-(?:signup|cta|email-cta|header|product|button|nft|paywall)(?:-card)?|kg-cta-sponsor-label|gh-(?:post-upgrade-cta|subscribe)\S*|post-upgrade-cta\S*|sharedaddy|sd-sharing\S*|sd-block|jp-relatedposts|jetpack-likes\S*|wp-block-(?:button|buttons|jetpack-subscriptions|social-links|jetpack-subscriptions__\S+)|wp-polls|more-link|read-more|readmore|screen-reader-text|sr-only|visually-hidden|meta-nav|feedflare|addtoany\S*|a2a_\S+|heateor\S*|social-share|share-buttons?|sharing|post-tags|tags-links|related-?posts?|related-articles|yarpp\S*|newsletter-(?:signup|form|box|widget)|mc_embed_signup|mailmunch\S*|medium-feed-link|adsbygoogle|ad-(?:container|slot|wrapper)|advertisement|sponsor-label|invisible|author-bio|author-box|comments-link|print-only|cookie-\S+)(?=\s|$)/i;

export const isPageFurniture = (attributes: Readonly<Record<string, string>>): boolean =>
  (attributes.class !== undefined && FURNITURE.test(attributes.class)) ||
  attributes["data-component-name"] === "SubscribeWidgetToDOM" ||
  attributes["aria-hidden"] === "true";
