import { ImportDataSidepanel } from "@base_import/import_data_sidepanel/import_data_sidepanel";

ImportDataSidepanel.props = { ...ImportDataSidepanel.props, serialDateFormat: { type: Object, optional: true } };
