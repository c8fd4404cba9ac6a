import pg from 'pg'

/** Who got how many messages about how many projects. */
interface Sent {
  readonly role: string
  readonly kind: string
  readonly messages: number
  readonly projects: number
}

interface AlertCounts {
  readonly opened: number
  readonly closed: number
  readonly byRung: Readonly<Record<string, number>>
}

/** What the notifications service has written down; read for the timeline only. */
export interface Ledger {
  sentSince(instant: Date): Promise<Sent[]>
  alerts(period: string): Promise<AlertCounts>
  deliveries(): Promise<{ sent: number; open: number; givenUp: number }>
  close(): Promise<void>
}

export async function openLedger(databaseUrl: string): Promise<Ledger> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const rows = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<T>(text, values)).rows
  return {
    sentSince: (instant) =>
      rows<Sent>(
        `select p.role, m.kind, count(*)::int as messages, sum(cardinality(m.project_ids))::int as projects
         from notifications.messages m join notifications.people p on p.id = m.person_id
         where m.created_at >= $1 and m.created_at < $1::timestamptz + interval '1 hour' group by 1, 2 order by 1, 2`,
        [instant],
      ),
    async alerts(period) {
      const found = await rows<{ state: string; rung: string; count: number }>(
        `select state, rung, count(*)::int as count from notifications.alerts where period = $1 group by 1, 2`,
        [period],
      )
      const sum = (chosen: typeof found) => chosen.reduce((total, { count }) => total + count, 0)
      const open = found.filter(({ state }) => state === 'open')
      return {
        opened: sum(found),
        closed: sum(found) - sum(open),
        byRung: Object.fromEntries(open.map(({ rung, count }) => [rung, count])),
      }
    },
    async deliveries() {
      const [counts] = await rows<{ sent: number; open: number; givenUp: number }>(
        `select count(*) filter (where state = 'sent')::int as sent,
                count(*) filter (where state in ('queued', 'sending', 'failed'))::int as open,
                count(*) filter (where state = 'givenUp')::int as "givenUp" from notifications.deliveries`,
      )
      return counts ?? { sent: 0, open: 0, givenUp: 0 }
    },
    close: () => pool.end(),
  }
}
