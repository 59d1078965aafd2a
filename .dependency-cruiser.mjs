/** Who may import whom. @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'subgraphs-never-import-each-other',
      comment: 'They meet in the schema and in the log.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/([^/]+)/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'a-subgraph-opens-its-own-database-only',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^prisma/(users|processing|analytics|notifications)/', pathNot: '^prisma/$1/' },
    },
    {
      name: 'packages-never-import-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(gateway|subgraphs|web|scripts|tests|bench)/' },
    },
    {
      name: 'the-gateway-knows-no-subgraph',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(subgraphs|prisma)/' },
    },
    {
      name: 'the-web-knows-only-the-graph',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(gateway|subgraphs|packages|prisma|scripts)/' },
    },
    {
      name: 'only-stores-reach-the-database',
      comment: 'Wiring opens the clients; stores and the hot path beside them use them.',
      severity: 'error',
      from: {
        path: '^subgraphs/[^/]+/src/',
        pathNot: '(-store|/index|-transaction)\\.ts$|/generated/',
      },
      to: { path: '^prisma/[^/]+/generated/client', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-tests-use-the-test-kit',
      severity: 'error',
      from: {
        path: '^(gateway|subgraphs|packages|prisma|scripts)/',
        pathNot: '\\.test\\.ts$|/test/|^packages/testkit/',
      },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'nothing-runs-on-a-benchmark',
      comment: 'Benchmarks start the product as its users do; the product knows nothing of them.',
      severity: 'error',
      from: { path: '^(gateway|subgraphs|packages|prisma|scripts|web)/' },
      to: { path: '^bench/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/generated/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
