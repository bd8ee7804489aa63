import { createBrand } from '@repo/domain/brands/create-brand';
import { readBrandReport } from '@repo/domain/brands/read-brand-report';
import { readMyBrands } from '@repo/domain/brands/read-brands';
import { BrandReport, BrandReportInput, CreateBrandInput, MyBrandView } from '@repo/domain/brands/schema';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

export const brandsRouter = router({
  mine: userProcedure.output(z.array(MyBrandView)).query(({ ctx }) => readMyBrands(ctx.domain)),

  create: userProcedure
    .input(CreateBrandInput)
    .output(MyBrandView)
    .mutation(({ ctx, input }) => createBrand(ctx.domain, input)),

  report: userProcedure
    .input(BrandReportInput)
    .output(BrandReport)
    .query(({ ctx, input }) => readBrandReport(ctx.domain, input)),
});
