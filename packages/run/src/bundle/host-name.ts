/** A host name for a service whose name may hold anything, as in "@shop/books". RFC 1123 § 2.1; at most 63 characters. */
export function hostName(serviceName: string): string {
  const letters = serviceName.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 63);
  return letters.replace(/^-|-$/g, '') || 'service';
}
