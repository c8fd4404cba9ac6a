// Who may import whom. A breach fails the build.
const service = '^services/([^/]+)/'
const room = (name) => `^services/[^/]+/src/${name}/`
const own = '^services/$1/'

/** A rule for one room of a service: besides packages, it may import only these rooms of its own service. */
const mayImport = (name, rooms) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `${name} may import ${rooms.join(', ')} of its own service`,
  from: { path: `${service}src/${name}/` },
  to: {
    path: `${own}(src|migrations)/`,
    pathNot: [...rooms, 'generated'].map((other) => `^services/$1/src/${other}/`),
  },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'services-apart',
      severity: 'error',
      comment: 'A service never imports another; they share packages and speak through events and HTTP',
      from: { path: service },
      to: { path: '^services/', pathNot: own },
    },
    {
      name: 'packages-know-no-service',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|infra)/' },
    },
    {
      name: 'types-import-typebox-only',
      severity: 'error',
      from: { path: '^packages/types/src' },
      to: { pathNot: ['^packages/types/src', 'node_modules/typebox/'] },
    },
    {
      name: 'packages-import-types',
      severity: 'error',
      comment: 'service, database and client stand on types alone; messaging also on database',
      from: { path: '^packages/(service|database|client|messaging)/src' },
      to: { path: '^packages/', pathNot: ['^packages/types/', '^packages/$1/', '^packages/database/'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(packages|services|infra)/', pathNot: ['/test/', '^packages/testing/'] },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Pure rules: types and domain, no I/O',
      from: { path: room('domain') },
      to: { pathNot: ['^packages/types/', '^services/[^/]+/src/domain/', 'node_modules/typebox/'] },
    },
    {
      name: 'repositories-stand-on-the-database',
      severity: 'error',
      from: { path: room('repositories') },
      to: { path: ['^packages/messaging/', 'node_modules/(fastify|bullmq)/'] },
    },
    mayImport('repositories', ['domain', 'repositories']),
    mayImport('operations', ['domain', 'repositories', 'operations']),
    mayImport('routes', ['operations', 'domain']),
    mayImport('consumers', ['operations', 'domain']),
    mayImport('channels', ['domain', 'channels']),
    mayImport('readers', ['readers', 'domain']),
    {
      name: 'environment-in-config',
      severity: 'error',
      comment: 'Only main, worker and commands read the configuration',
      from: { path: '^services/[^/]+/src/', pathNot: '/src/(main|worker|commands/[^/]+)\\.ts$' },
      to: { path: '^services/[^/]+/src/config\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/\\.tap/|/\\.turbo/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@tiaodu/source', 'import', 'node', 'default', 'types'],
    },
  },
}
