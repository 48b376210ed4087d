import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { boundsSeconds, type DurationSeries, type RequestDurations } from './request-durations.ts';

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
const descriptor = {
  name: 'http.server.request.duration',
  description: 'Duration of HTTP server requests.',
  unit: 's',
  valueType: ValueType.DOUBLE,
};

/** The text format of Prometheus has no times. */
const noTime: HrTime = [0, 0];

/** What OpenTelemetry would have collected, had it recorded the requests itself. */
export function requestMetrics({ series }: RequestDurations): ScopeMetrics {
  return {
    scope: { name: 'bookstore' },
    metrics: [
      {
        descriptor,
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: series.map((one) => ({
          startTime: noTime,
          endTime: noTime,
          attributes: toAttributes(one),
          value: {
            buckets: { boundaries: [...boundsSeconds], counts: one.buckets },
            count: one.count,
            sum: one.sumSeconds,
          },
        })),
      },
    ],
  };
}

function toAttributes({ method, route, status }: DurationSeries): Attributes {
  return {
    'http.request.method': method,
    'http.response.status_code': status,
    'url.scheme': 'http',
    // Not the path: everybody can ask for as many of those as they like.
    ...(route === undefined ? {} : { 'http.route': route }),
  };
}
