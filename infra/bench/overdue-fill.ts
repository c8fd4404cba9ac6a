import pg from 'pg'

export const DUE_AT = new Date('2026-12-07T10:00:00Z')

const uuid = (kind: number, n: string) => `('00000000-0000-4000-${kind}000-' || lpad((${n})::text, 12, '0'))::uuid`
const OF_HUNDRED = 7

/** Connects to the schema of the notifications service as whoever owns it. */
export async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=notifications' })
  await client.connect()
  return client
}

/** What the service knows of many projects in a month: seven of a hundred in every unit have not filed. @returns how many */
export async function fillOverdue(client: pg.Client, projects: number, units: number): Promise<number> {
  await client.query(`
    insert into units select ${uuid(8, 'n')}, 1, '第' || n || '局' from generate_series(0, ${units - 1}) n;
    insert into people (id, version, name, unit_id, role, region_code, email)
      select ${uuid(9, 'n * 2 + r')}, 1, '某人', ${uuid(8, 'n')}, (array['filer', 'head'])[r + 1], (410802 + n % 8)::text, 'p' || n || '.' || r || '@bench.example'
      from generate_series(0, ${units - 1}) n, generate_series(0, 1) r;
    insert into projects (id, version, name, region_code, unit_id, filer_id)
      select ${uuid(7, 'n')}, 1, '生成项目' || n, (410802 + n % ${units} % 8)::text, ${uuid(8, `n % ${units}`)}, ${uuid(9, `n % ${units} * 2`)}
      from generate_series(0, ${projects - 1}) n;
    insert into cycles (id, period, due_at, lock_at, obligation_count, workdays)
      values (${uuid(6, '1')}, '2026-11', '${DUE_AT.toISOString()}', '2027-01-01T00:00:00+08:00', ${projects}, array['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10']);
    insert into obligations (id, cycle_id, project_id, unit_id, period, due_at, overdue_at, filed_revision, reminded_through, next_at)
      select ${uuid(5, 'n')}, ${uuid(6, '1')}, ${uuid(7, 'n')}, ${uuid(8, `n % ${units}`)}, '2026-11', '${DUE_AT.toISOString()}', '${DUE_AT.toISOString()}',
        case when n / ${units} % 100 < ${OF_HUNDRED} then 0 else 1 end, '2026-12-07T01:00:00Z', '${DUE_AT.toISOString()}'
      from generate_series(0, ${projects - 1}) n`)
  await client.query('vacuum analyze')
  const { rows } = await client.query<{ missing: number }>(
    'select count(*)::int as missing from obligations where is_open',
  )
  return rows[0]?.missing ?? 0
}

/** As if nothing had been swept. */
export async function unsweep(client: pg.Client): Promise<void> {
  await client.query(`
    truncate alerts, alert_steps, messages, deliveries, sweeps;
    update obligations set next_at = due_at, reminded_through = '2026-12-07T01:00:00Z' where is_open`)
  await client.query('vacuum analyze obligations')
}
