import { createBrand } from '@repo/domain/brands/create-brand';
import { readBrandReport } from '@repo/domain/brands/read-brand-report';
import { readMyBrands } from '@repo/domain/brands/read-brands';
import { BrandReport, BrandReportInput, CreateBrandInput, MyBrandView } from '@repo/domain/brands/schema';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

export const brandsRouter = router({
  mine: userProcedure
    .meta({ rest: 'GET /brands', scope: 'brands:read', cost: 'read', summary: 'Your brands' })
    .output(z.array(MyBrandView))
    .query(({ ctx }) => readMyBrands(ctx.domain)),

  create: userProcedure
    .meta({ rest: 'POST /brands', scope: 'brands:write', cost: 'write', summary: 'Make a brand' })
    .input(CreateBrandInput)
    .output(MyBrandView)
    .mutation(({ ctx, input }) => createBrand(ctx.domain, input)),

  report: userProcedure
    .meta({
      rest: 'GET /brands/{brandId}/report',
      scope: 'brands:read',
      cost: 'read',
      summary: "What a brand's ads were remixed into",
    })
    .input(BrandReportInput)
    .output(BrandReport)
    .query(({ ctx, input }) => readBrandReport(ctx.domain, input)),
});
