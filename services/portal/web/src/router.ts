import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'dashboard', component: () => import('./pages/DashboardPage.vue') },
    { path: '/filing', name: 'filing', component: () => import('./pages/filing/FilingPage.vue') },
    {
      path: '/filing/:projectId/:period',
      name: 'filing-form',
      component: () => import('./pages/filing/FilingFormPage.vue'),
      props: true,
    },
    { path: '/review', name: 'review', component: () => import('./pages/review/ReviewPage.vue') },
    { path: '/corrections', name: 'corrections', component: () => import('./pages/reports/CorrectionsPage.vue') },
    { path: '/rankings', name: 'rankings', component: () => import('./pages/rankings/RankingsPage.vue') },
    { path: '/reports', name: 'reports', component: () => import('./pages/reports/ReportsPage.vue') },
    {
      path: '/difficulties',
      name: 'difficulties',
      component: () => import('./pages/difficulties/DifficultiesPage.vue'),
    },
    {
      path: '/difficulties/:id',
      name: 'difficulty',
      component: () => import('./pages/difficulties/DifficultyPage.vue'),
      props: true,
    },
    { path: '/funds', name: 'funds', component: () => import('./pages/funds/FundsPage.vue') },
    { path: '/lights', name: 'lights', component: () => import('./pages/lights/LightsPage.vue') },
    { path: '/cycles', name: 'cycles', component: () => import('./pages/cycles/CyclesPage.vue') },
    { path: '/projects', name: 'projects', component: () => import('./pages/projects/ProjectsPage.vue') },
    {
      path: '/projects/new',
      name: 'new-project',
      component: () => import('./pages/projects/form/ProjectFormPage.vue'),
    },
    {
      path: '/projects/:id/reports/:period',
      name: 'report',
      component: () => import('./pages/reports/ReportPage.vue'),
      props: true,
    },
    {
      path: '/projects/:id/edit',
      name: 'edit-project',
      component: () => import('./pages/projects/form/ProjectFormPage.vue'),
      props: true,
    },
    {
      path: '/projects/:id',
      name: 'project',
      component: () => import('./pages/projects/ProjectPage.vue'),
      props: true,
    },
    { path: '/plan-steps', name: 'plan-steps', component: () => import('./pages/plan/DueStepsPage.vue') },
    { path: '/programmes', name: 'programmes', component: () => import('./pages/programmes/ProgrammesPage.vue') },
    { path: '/reserve-pool', name: 'reserve-pool', component: () => import('./pages/programmes/ReservePoolPage.vue') },
    { path: '/units', name: 'units', component: () => import('./pages/units/UnitsPage.vue') },
    { path: '/units/:id', name: 'unit', component: () => import('./pages/units/UnitPage.vue'), props: true },
    {
      path: '/indicators',
      name: 'indicators',
      component: () => import('./pages/indicators/IndicatorsPage.vue'),
    },
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue') },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})
