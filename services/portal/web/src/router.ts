import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'dashboard', component: () => import('./pages/DashboardPage.vue') },
    { path: '/projects', name: 'projects', component: () => import('./pages/projects/ProjectsPage.vue') },
    {
      path: '/projects/new',
      name: 'new-project',
      component: () => import('./pages/projects/form/ProjectFormPage.vue'),
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
