import { type Migration, sql } from 'kysely'

/** What is wrong with a file is told in the language of its reader; what was stored before stays as it was told. */
export const wordImportProblems: Migration = {
  async up(db) {
    await sql`
      alter table imports alter column failure type jsonb
        using case when failure is not null then jsonb_build_object('zh', failure, 'en', failure) end`.execute(db)
    await sql`
      update imports set problems = (
        select jsonb_agg(problem || jsonb_build_object('reason',
          jsonb_build_object('zh', problem -> 'reason', 'en', problem -> 'reason')) order by place)
        from jsonb_array_elements(problems) with ordinality as told (problem, place)
      ) where problems <> '[]'::jsonb`.execute(db)
  },
}
