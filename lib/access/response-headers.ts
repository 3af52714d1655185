type Site = { origin: string; isDevelopment: boolean }

/** Scripts run only with this answer's nonce, or when such a script loads them; nothing else is ever executed. */
export function contentSecurityPolicy(nonce: string, { origin, isDevelopment }: Site): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // React and the charts write style attributes, which no nonce covers.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(origin.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** The headers of every answer. `isAsset` is true for files named by their content, which may be kept. */
export function securityHeaders(nonce: string, site: Site, isAsset: boolean): [name: string, value: string][] {
  return [
    ['content-security-policy', contentSecurityPolicy(nonce, site)],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    // Not "no-referrer": with it browsers send `Origin: null` with forms, which the guard refuses.
    ['referrer-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'],
    ...(site.origin.startsWith('https:')
      ? [['strict-transport-security', 'max-age=63072000'] as [string, string]]
      : []),
    ...(isAsset ? [] : [['cache-control', 'no-store'] as [string, string]]),
  ]
}
