import { createAccessControl } from 'better-auth/plugins/access';
import type { OrganizationOptions } from 'better-auth/plugins/organization';
import { adminAc, defaultStatements, ownerAc } from 'better-auth/plugins/organization/access';

const rights = createAccessControl(defaultStatements);

/** The library's organizations are our brands. What a role may do with a brand's work, the row policies say. */
export const brandRoles = {
  ac: rights,
  roles: {
    owner: ownerAc,
    admin: adminAc,
    editor: rights.newRole({ organization: [] }),
    analyst: rights.newRole({ organization: [] }),
  },
  creatorRole: 'owner',
  schema: {
    organization: { modelName: 'brand' },
    member: { modelName: 'membership', fields: { organizationId: 'brandId' } },
    invitation: { modelName: 'brand_invitation', fields: { organizationId: 'brandId' } },
  },
} satisfies OrganizationOptions;
