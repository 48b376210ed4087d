import type { Attributes, Meter } from '@opentelemetry/api';
import type { AnsweredRequest, Instruments } from './instruments.ts';

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
export function requestInstruments(meter: Meter): Instruments['requestAnswered'] {
  const duration = meter.createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: {
      explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    },
  });
  return (request) => duration.record(request.seconds, toAttributes(request));
}

function toAttributes({ method, route, status }: AnsweredRequest): Attributes {
  return {
    'http.request.method': method,
    'http.response.status_code': status,
    'url.scheme': 'http',
    // Not the path: everybody can ask for as many of those as they like.
    ...(route === undefined ? {} : { 'http.route': route }),
  };
}
